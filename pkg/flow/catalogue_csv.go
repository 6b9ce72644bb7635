package flow

import (
	"errors"
	"io"
	"os"
	"strings"

	"github.com/gocarina/gocsv"

	"github.com/gopohoda/pohoda/pkg/sheet"
	"github.com/gopohoda/pohoda/pkg/trade"
)

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
func (c *catalogue) readTable(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return ReadError(path, err)
	}
	defer file.Close()
	reader, err := sheet.Open(file, path, sheet.Options{
		Require:      [][]string{{"Kód", "Kód zásoby", "Kód zboží", "Code", "SKU"}},
		HeaderWithin: 25,
	})
	if err != nil {
		return ReadError(path, err)
	}
	var rows []stockRow
	if err := gocsv.UnmarshalCSV(&tableRows{reader: reader}, &rows); err != nil {
		return ReadError(path, err)
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
