package crm

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/sheet"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// Members of a CSV record beside its columns.
const (
	// linesKey has the lines.
	linesKey = "lines"
	// columnsKey lists the columns that the file has.
	columnsKey = "columns"
	// currencyKey is the currency that the cells of amounts name.
	currencyKey = "currency_of_amounts"
)

// rowReader makes the tree of a record out of its rows.
type rowReader struct {
	table  *table
	issues diag.List
	head   node
	lines  node
	// said are the rows that gave a column of the head its value.
	said     map[string]int
	currency money.Currency
}

// tree gives the record that rows make: the columns of the head, and a line for
// each row that has any cell of a line.
func (t *table) tree(rows []sheet.Row) (*node, diag.List) {
	r := &rowReader{table: t, said: map[string]int{}}
	r.head = node{kind: objectNode, at: rows[0].Line}
	r.lines = node{kind: arrayNode, at: rows[0].Line}
	for _, row := range rows {
		r.issues.Add(row.Issues...)
		if row.Invisible {
			r.issues.Add(diag.Notice(CodeInvisibleDropped).WithValue(visible(firstFilled(row.Cells))).WithPosition(t.locate(row.Line)))
		}
		r.row(row)
	}
	if key := t.place(t.profile.table.group); key != nil && r.head.get(key.name) == nil {
		r.unnumbered(key, rows[0])
	}
	r.member(&r.head, linesKey, r.lines)
	r.member(&r.head, columnsKey, t.columnNames(rows[0].Line))
	if r.currency != "" {
		r.member(&r.head, currencyKey, textNode(string(r.currency), rows[0].Line))
	}
	return &r.head, r.issues
}

// firstFilled is the cell by which a row is recognised.
func firstFilled(cells []string) string {
	for _, cell := range cells {
		if !blank(cell) {
			return cell
		}
	}
	return ""
}

// unnumbered reports a record without a number. One that is there and cannot be
// read is reported already, and still names the record.
func (r *rowReader) unnumbered(key *place, row sheet.Row) {
	if number := row.Cells[key.index]; !blank(number) {
		r.member(&r.head, key.name, textNode(strings.TrimSpace(number), row.Line))
		return
	}
	r.issues.Add(diag.New(CodeNoNumber, "column", key.header).WithPosition(r.table.locate(row.Line)))
}

func (t *table) columnNames(at int) node {
	names := node{kind: arrayNode, at: at}
	for _, p := range t.places {
		names.items = append(names.items, textNode(p.name, at))
	}
	return names
}

func (r *rowReader) member(n *node, key string, value node) {
	n.members = append(n.members, member{key: key, at: value.at, value: value})
}

func (r *rowReader) row(row sheet.Row) {
	line := node{kind: objectNode, at: row.Line}
	for i := range r.table.places {
		p := &r.table.places[i]
		r.put(&line, p, row.Cells[p.index])
	}
	if line.members == nil {
		return
	}
	for i := range r.table.absent {
		r.put(&line, &r.table.absent[i], r.table.absent[i].absent)
	}
	r.lines.items = append(r.lines.items, line)
}

// put takes a cell into the line or the head.
func (r *rowReader) put(line *node, p *place, cell string) {
	if blank(cell) {
		return
	}
	value, err := r.cell(p, cell, line.at)
	switch {
	case err != nil:
		r.issues.Add(diag.As(err).WithPath(p.header).WithPosition(r.table.locate(line.at)))
	case p.line:
		r.member(line, p.name, value)
	default:
		r.headCell(p, value)
	}
}

// headCell takes a cell of the head, which must say what the rows above say.
func (r *rowReader) headCell(p *place, value node) {
	known := r.head.get(p.name)
	if known == nil {
		r.member(&r.head, p.name, value)
		r.said[p.name] = value.at
		return
	}
	if known.text != value.text {
		r.issues.Add(diag.New(CodeHeadDiffers, "column", p.header, "other", visible(known.text),
			"line", strconv.Itoa(r.said[p.name])).WithValue(visible(value.text)).WithPosition(r.table.locate(value.at)))
	}
}

// exponent is how a spreadsheet shows a long number that it has cut: 4,2077E+11.
var exponent = regexp.MustCompile(`^\d([.,]\d+)?[eE]\+\d{2,3}$`)

// cell reads a cell that is not blank.
func (r *rowReader) cell(p *place, cell string, line int) (node, error) {
	cell = strings.TrimSpace(cell)
	n := node{kind: stringNode, at: line, text: cell}
	switch p.is {
	case "code":
		if exponent.MatchString(cell) {
			return n, diag.New(CodeSpreadsheet).WithValue(visible(cell))
		}
	case "number":
		amount, currency, err := sheet.ParseAmount(cell)
		if err != nil {
			return n, err
		}
		r.amountIn(currency, p, line)
		n.kind, n.text = numberNode, amount.String()
	case "date":
		day, err := sheet.ParseDate(cell)
		if err != nil {
			return n, err
		}
		n.text = trade.DateOf(day).String()
	case "bool":
		yes, err := sheet.ParseBool(cell)
		if err != nil {
			return n, err
		}
		n.kind, n.text = boolNode, strconv.FormatBool(yes)
	}
	return n, nil
}

// amountIn notes the currency that an amount names; all of a record must name
// the same.
func (r *rowReader) amountIn(currency money.Currency, p *place, line int) {
	if currency == "" || currency == r.currency {
		return
	}
	if r.currency != "" {
		r.issues.Add(diag.New(CodeCurrencyMixed, "other", string(r.currency)).WithValue(string(currency)).
			WithPath(p.header).WithPosition(r.table.locate(line)))
		return
	}
	r.currency = currency
}
