package table

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/crm/expression"
	"github.com/gopohoda/pohoda/pkg/crm/profile"
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
	table  *Table
	issues diag.List
	head   canonical.Node
	lines  canonical.Node
	// said are the rows that gave a column of the head its value.
	said     map[string]int
	currency money.Currency
}

// tree gives the record that rows make: the columns of the head, and a line for
// each row that has any cell of a line.
func (t *Table) tree(rows []sheet.Row) (*canonical.Node, diag.List) {
	r := &rowReader{table: t, said: map[string]int{}}
	r.head = canonical.Node{Kind: canonical.ObjectNode, At: rows[0].Line}
	r.lines = canonical.Node{Kind: canonical.ArrayNode, At: rows[0].Line}
	for _, row := range rows {
		r.issues.Add(row.Issues...)
		if row.Invisible {
			r.issues.Add(diag.Notice(canonical.CodeInvisibleDropped).WithValue(canonical.Visible(firstFilled(row.Cells))).WithPosition(t.locate(row.Line)))
		}
		r.row(row)
	}
	if key := t.place(t.profile.Table.Group); key != nil && r.head.Get(key.Name) == nil {
		r.unnumbered(key, rows[0])
	}
	r.member(&r.head, linesKey, r.lines)
	r.member(&r.head, columnsKey, t.columnNames(rows[0].Line))
	if r.currency != "" {
		r.member(&r.head, currencyKey, canonical.TextNode(string(r.currency), rows[0].Line))
	}
	return &r.head, r.issues
}

// firstFilled is the cell by which a row is recognised.
func firstFilled(cells []string) string {
	for _, cell := range cells {
		if !expression.Blank(cell) {
			return cell
		}
	}
	return ""
}

// unnumbered reports a record without a number. One that is there and cannot be
// read is reported already, and still names the record.
func (r *rowReader) unnumbered(key *profile.Place, row sheet.Row) {
	if number := row.Cells[key.Index]; !expression.Blank(number) {
		r.member(&r.head, key.Name, canonical.TextNode(strings.TrimSpace(number), row.Line))
		return
	}
	r.issues.Add(diag.New(CodeNoNumber, "column", key.Header).WithPosition(r.table.locate(row.Line)))
}

func (t *Table) columnNames(at int) canonical.Node {
	names := canonical.Node{Kind: canonical.ArrayNode, At: at}
	for _, p := range t.places {
		names.Items = append(names.Items, canonical.TextNode(p.Name, at))
	}
	return names
}

func (r *rowReader) member(n *canonical.Node, key string, value canonical.Node) {
	n.Members = append(n.Members, canonical.Member{Key: key, At: value.At, Value: value})
}

func (r *rowReader) row(row sheet.Row) {
	line := canonical.Node{Kind: canonical.ObjectNode, At: row.Line}
	for i := range r.table.places {
		p := &r.table.places[i]
		r.put(&line, p, row.Cells[p.Index])
	}
	if line.Members == nil {
		return
	}
	for i := range r.table.absent {
		r.put(&line, &r.table.absent[i], r.table.absent[i].Absent)
	}
	r.lines.Items = append(r.lines.Items, line)
}

// put takes a cell into the line or the head.
func (r *rowReader) put(line *canonical.Node, p *profile.Place, cell string) {
	if expression.Blank(cell) {
		return
	}
	value, err := r.cell(p, cell, line.At)
	switch {
	case err != nil:
		r.issues.Add(diag.As(err).WithPath(p.Header).WithPosition(r.table.locate(line.At)))
	case p.Line:
		r.member(line, p.Name, value)
	default:
		r.headCell(p, value)
	}
}

// headCell takes a cell of the head, which must say what the rows above say.
func (r *rowReader) headCell(p *profile.Place, value canonical.Node) {
	known := r.head.Get(p.Name)
	if known == nil {
		r.member(&r.head, p.Name, value)
		r.said[p.Name] = value.At
		return
	}
	if known.Text != value.Text {
		r.issues.Add(diag.New(CodeHeadDiffers, "column", p.Header, "other", canonical.Visible(known.Text),
			"line", strconv.Itoa(r.said[p.Name])).WithValue(canonical.Visible(value.Text)).WithPosition(r.table.locate(value.At)))
	}
}

// exponent is how a spreadsheet shows a long number that it has cut: 4,2077E+11.
var exponent = regexp.MustCompile(`^\d([.,]\d+)?[eE]\+\d{2,3}$`)

// cell reads a cell that is not blank.
func (r *rowReader) cell(p *profile.Place, cell string, line int) (canonical.Node, error) {
	cell = strings.TrimSpace(cell)
	n := canonical.Node{Kind: canonical.StringNode, At: line, Text: cell}
	switch p.Is {
	case "code":
		if exponent.MatchString(cell) {
			return n, diag.New(CodeSpreadsheet).WithValue(canonical.Visible(cell))
		}
	case "number":
		amount, currency, err := sheet.ParseAmount(cell)
		if err != nil {
			return n, err
		}
		r.amountIn(currency, p, line)
		n.Kind, n.Text = canonical.NumberNode, amount.String()
	case "date":
		day, err := sheet.ParseDate(cell)
		if err != nil {
			return n, err
		}
		n.Text = trade.DateOf(day).String()
	case "bool":
		yes, err := sheet.ParseBool(cell)
		if err != nil {
			return n, err
		}
		n.Kind, n.Text = canonical.BoolNode, strconv.FormatBool(yes)
	}
	return n, nil
}

// amountIn notes the currency that an amount names; all of a record must name
// the same.
func (r *rowReader) amountIn(currency money.Currency, p *profile.Place, line int) {
	if currency == "" || currency == r.currency {
		return
	}
	if r.currency != "" {
		r.issues.Add(diag.New(CodeCurrencyMixed, "other", string(r.currency)).WithValue(string(currency)).
			WithPath(p.Header).WithPosition(r.table.locate(line)))
		return
	}
	r.currency = currency
}
