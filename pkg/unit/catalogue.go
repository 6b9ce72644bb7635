package unit

import (
	"errors"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/gocarina/gocsv"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/sheet"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The codes of pairing lines with stock.
var (
	CodeUnpaired       = diag.Warning.Code("stock-unpaired", "n", "name")
	CodeUnpairedHeld   = diag.Warning.Code("stock-unpaired-held", "n", "name")
	CodeUnpairedFailed = diag.Refused.Code("stock-unpaired-refused", "n", "name")
	CodeUnchecked      = diag.Warning.Code("stock-unchecked")
	CodeSetInDocument  = diag.Refused.Code("set-in-document", "name")
	// CodeCardTwice and its kin are for a code that several cards have.
	CodeCardTwice       = diag.Warning.Code("stock-ambiguous", "n", "name")
	CodeCardTwiceHeld   = diag.Warning.Code("stock-ambiguous-held", "n", "name")
	CodeCardTwiceFailed = diag.Refused.Code("stock-ambiguous-refused", "n", "name")
	CodeCatalogueTwice  = diag.Warning.Code("catalogue-code-twice", "codes", "n")
)

// Catalogue is what POHODA has in stock.
type Catalogue struct {
	// products are the cards by code, nil when nobody said; one code may be that of
	// a card in each store.
	products map[string][]card
	config   config.Lines
	// twice are the codes that one store has more than once, in their order.
	twice []string
}

// card is a card of POHODA's stock.
type card struct {
	kind  trade.ProductType
	store string
}

// add takes a card.
func (c *Catalogue) add(code string, one card) {
	cards := c.products[code]
	if slices.ContainsFunc(cards, func(other card) bool { return other.store == one.store }) && !slices.Contains(c.twice, code) {
		c.twice = append(c.twice, code)
	}
	c.products[code] = append(cards, one)
}

// find gives the cards that a line may mean: of several those in its store, since
// nothing but the store tells them apart in POHODA's XML.
func (c *Catalogue) find(line *trade.Line) []card {
	cards := c.products[line.SKU]
	if len(cards) < 2 || line.Store == "" {
		return cards
	}
	var there []card
	for _, one := range cards {
		if one.store == line.Store {
			there = append(there, one)
		}
	}
	if there == nil {
		return cards
	}
	return there
}

// maxTwice is how many codes a warning names.
const maxTwice = 5

// Warning names the codes that are there more than once, nil for none.
func (c *Catalogue) Warning() *diag.Issue {
	if len(c.twice) == 0 {
		return nil
	}
	codes := strings.Join(c.twice[:min(maxTwice, len(c.twice))], ", ")
	if len(c.twice) > maxTwice {
		codes += ", …"
	}
	return diag.Warn(CodeCatalogueTwice, "n", strconv.Itoa(len(c.twice)), "codes", codes).WithPosition(diag.Position{File: c.config.Catalogue})
}

// OpenCatalogue reads the products of lines.catalogue: a table of POHODA's stock, or
// canonical records, which products reads.
func OpenCatalogue(lines config.Lines, products func(path string, add func(*trade.ProductRecord)) error) (*Catalogue, error) {
	c := &Catalogue{config: lines}
	if lines.Catalogue == "" {
		return c, nil
	}
	c.products = map[string][]card{}
	if isTable(lines.Catalogue) {
		return c, c.readTable(lines.Catalogue)
	}
	return c, products(lines.Catalogue, func(p *trade.ProductRecord) { c.add(p.SKU, card{p.Type, p.Store}) })
}

// Pair decides for every line with a code whether it is tied to stock. A code
// that POHODA does not have would make it refuse the whole order, so such a line
// becomes a text line, or its document waits or is refused, as the unit wants.
func (c *Catalogue) Pair(doc *trade.Document) (issues diag.List, wait bool) {
	for i := range doc.Lines {
		line := &doc.Lines[i]
		if c.config.Link == config.Never && line.StockLink != trade.LinkRequired {
			line.StockLink = trade.LinkNever
		}
		if !line.Linked() {
			continue
		}
		if c.products == nil {
			if issues == nil {
				issues.Add(diag.Warn(CodeUnchecked))
			}
			continue
		}
		cards := c.find(line)
		tell := func(issue *diag.Issue) {
			issues.Add(issue.WithPath("lines[" + strconv.Itoa(i) + "].sku").WithValue(line.SKU))
		}
		switch {
		case slices.ContainsFunc(cards, func(one card) bool { return one.kind == trade.PackageType }):
			tell(diag.New(CodeSetInDocument, "name", line.Name))
		case len(cards) == 1:
		default:
			issue, waits := c.unpaired(line, len(cards))
			tell(issue)
			wait = wait || waits
		}
	}
	return issues, wait
}

// unpaired says what becomes of a line whose code n cards have, none or several.
func (c *Catalogue) unpaired(line *trade.Line, n int) (issue *diag.Issue, waits bool) {
	text, held, failed := CodeUnpaired, CodeUnpairedHeld, CodeUnpairedFailed
	if n > 0 {
		text, held, failed = CodeCardTwice, CodeCardTwiceHeld, CodeCardTwiceFailed
	}
	about := []string{"name", line.Name, "n", strconv.Itoa(n)}
	switch {
	case c.config.Unpaired == config.Fail || line.StockLink == trade.LinkRequired:
		return diag.New(failed, about...), false
	case c.config.Unpaired == config.Hold:
		return diag.Warn(held, about...), true
	}
	line.StockLink = trade.LinkNever
	return diag.Warn(text, about...), false
}

// stockRow is a row of a table of POHODA's stock; the names are those of its
// columns, folded.
type stockRow struct {
	Code string `csv:"kod,kod zasoby,kod zbozi,code,sku"`
	Type string `csv:"typ zasoby,typ,druh,type"`
	// Store is POHODA's "Sklad".
	Store string `csv:"sklad,store"`
}

// stockTypes are POHODA's words for the kinds of stock card, folded.
var stockTypes = map[string]trade.ProductType{
	"karta": trade.CardType, "textova": "text", "sluzba": "service",
	"souprava": trade.PackageType, "komplet": trade.SetType, "vyrobek": "product",
}

// isTable tells a catalogue that is a table by the ending of its name.
func isTable(path string) bool { return strings.HasSuffix(strings.ToLower(path), ".csv") }

// readTable adds the codes of a table of stock, such as POHODA's own export of
// its agenda Zásoby, in whatever dialect of CSV it was saved.
func (c *Catalogue) readTable(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	reader, err := sheet.Open(file, path, sheet.Options{
		Require:      [][]string{{"Kód", "Kód zásoby", "Kód zboží", "Code", "SKU"}},
		HeaderWithin: 25,
	})
	if err != nil {
		return err
	}
	var rows []stockRow
	if err := gocsv.UnmarshalCSV(&tableRows{reader: reader}, &rows); err != nil {
		return err
	}
	for _, row := range rows {
		if code := strings.TrimSpace(row.Code); code != "" {
			c.add(code, card{stockTypes[sheet.Fold(row.Type)], strings.TrimSpace(row.Store)})
		}
	}
	return nil
}

// tableRows hands a table to gocsv: its folded header first.
type tableRows struct {
	reader *sheet.Reader
	begun  bool
}

func (t *tableRows) Read() ([]string, error) {
	if !t.begun {
		t.begun = true
		return t.reader.Folded(), nil
	}
	row, err := t.reader.Next()
	if err != nil {
		return nil, err
	}
	for _, issue := range row.Issues {
		return nil, issue
	}
	return row.Cells, nil
}

func (t *tableRows) ReadAll() ([][]string, error) {
	var all [][]string
	for {
		row, err := t.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		all = append(all, row)
	}
}
