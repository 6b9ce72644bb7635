package view

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/crm/profile"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/flow/flowtest"
	"github.com/gopohoda/pohoda/pkg/outfile/outfiletest"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// exported writes deals in a format.
func exported(t *testing.T, format string, records ...string) string {
	t.Helper()
	tr := flowtest.NewTrial(t, records...)
	tr.Format = format
	tr.RunsWell(t)
	return tr.Printed.String()
}

func TestShowReadsWhatWasWritten(t *testing.T) {
	for format, records := range map[string][]string{config.DataPack: flowtest.Deals(t, 3), config.EForm: flowtest.Deals(t, 1)} {
		t.Run(format, func(t *testing.T) {
			tr := flowtest.NewTrial(t, records...)
			tr.Format = format
			report := tr.RunsWell(t)
			n := 0
			issues, err := flow.Show(tr.Config, "-", &tr.Printed, func(s *flow.Shown) error {
				line := report.Documents[n]
				assert.Equal(t, line.Number, s.Document.Number)
				assert.Equal(t, line.Customer, s.Document.Customer.Name)
				assert.Len(t, s.Document.Lines, line.Lines)
				assert.Equal(t, line.Total.Fixed(2), s.Totals.Payable.Fixed(2))
				if format == config.DataPack {
					assert.Equal(t, flowtest.Item(n+1), s.Item)
				}
				n++
				return nil
			})
			require.NoError(t, err)
			assert.Empty(t, issues.Of(diag.Error))
			assert.Equal(t, len(records), n)
		})
	}
}

func TestShowEndsWithTheErrorOfItsReader(t *testing.T) {
	enough := errors.New("enough")
	shown := 0
	_, err := flow.Show(config.Default(), "-", strings.NewReader(exported(t, config.DataPack, flowtest.Deals(t, 3)...)), func(*flow.Shown) error {
		if shown++; shown == 2 {
			return enough
		}
		return nil
	})
	assert.Equal(t, enough, err)
	assert.Equal(t, 2, shown)
}

func TestShowNamesWhatItLeavesOutOnce(t *testing.T) {
	pack := strings.ReplaceAll(exported(t, config.DataPack, flowtest.Deals(t, 3)...),
		"</ord:orderHeader>", "<ord:nowhere/><ord:nowhere/></ord:orderHeader>")
	issues, err := flow.Show(config.Default(), "-", strings.NewReader(pack), func(*flow.Shown) error { return nil })
	require.NoError(t, err)
	told := map[string]int{}
	for _, issue := range issues {
		if issue.Code == flow.CodeLeftOut {
			told[issue.Value]++
		}
	}
	assert.Equal(t, map[string]int{"ord:order/ord:orderHeader/ord:nowhere": 1}, told)
}

func TestShowOfWhatIsNoDocument(t *testing.T) {
	folder := t.TempDir()
	for _, c := range []struct {
		name, file, stdin string
		code              diag.Code
	}{
		{"no file", filepath.Join(folder, "nowhere.xml"), "", canonical.CodeFileNotFound},
		{"a folder", folder, "", canonical.CodeFileIsFolder},
		{"nothing", "-", "", xmlio.CodeEmpty},
		{"cut off", "-", exported(t, config.DataPack, flowtest.Deal(t, 1))[:900], xmlio.CodeCutOff},
		{"another document", "-", "<x/>", pack.CodeNotPohoda},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := flow.Show(config.Default(), c.file, strings.NewReader(c.stdin), func(*flow.Shown) error { return nil })
			require.Error(t, err)
			assert.Equal(t, c.code, diag.As(err).Code)
		})
	}
}

func TestValidateGoesOnAfterAFileThatCannotBeRead(t *testing.T) {
	tr := flowtest.NewTrial(t)
	good := tr.WriteFile(t, "good.xml", exported(t, config.DataPack, flowtest.Deals(t, 3)...))
	bad := tr.WriteFile(t, "bad.xml", strings.Replace(outfiletest.Content(t, good), "receivedOrder", "neverOrder", 1))
	nowhere := filepath.Join(tr.Folder, "nowhere.xml")
	var told diag.List
	v := Validate{Stdin: strings.NewReader(outfiletest.Content(t, good)), Tell: func(issue *diag.Issue) { told.Add(issue) }}
	verdicts, unread, err := v.Run([]string{good, nowhere, bad, "-", tr.Folder})
	require.NoError(t, err)
	assert.Equal(t, []FileVerdict{
		{File: good, Valid: true, Documents: 3}, {File: bad, Documents: 3}, {File: "-", Valid: true, Documents: 3},
	}, verdicts)
	require.Len(t, unread, 2)
	assert.Equal(t, canonical.CodeFileNotFound, unread[0].Code)
	assert.Equal(t, nowhere, unread[0].Value)
	assert.Equal(t, canonical.CodeFileIsFolder, unread[1].Code)
	require.Len(t, told, 1)
	assert.Equal(t, bad, told[0].At.File)
	assert.Equal(t, "neverOrder", told[0].Value)
}

func TestValidateWithSchemasThatAreNotThere(t *testing.T) {
	tr := flowtest.NewTrial(t)
	good := tr.WriteFile(t, "good.xml", exported(t, config.DataPack, flowtest.Deal(t, 1)))
	v := Validate{Schemas: tr.Folder, Tell: func(*diag.Issue) {}}
	_, _, err := v.Run([]string{good})
	require.Error(t, err)
	assert.NotErrorIs(t, err, fs.ErrNotExist, "it is said in words")
}

func TestFieldTables(t *testing.T) {
	for _, name := range FieldTables() {
		table, err := Fields(name)
		require.NoError(t, err)
		assert.NotEmpty(t, table)
		limited := 0
		for _, row := range table {
			assert.True(t, strings.HasPrefix(row.Path, table[0].Path[:strings.IndexByte(table[0].Path, '/')]), row.Path)
			if row.Limit != "" {
				limited++
			}
		}
		assert.Equal(t, name != "eform", limited > 0, name)
	}
	_, err := Fields("nothing")
	require.Error(t, err)
	assert.Equal(t, CodeUnknownAgenda, diag.As(err).Code)
}

func TestInspect(t *testing.T) {
	folder := t.TempDir()
	nowhere := filepath.Join(folder, "nowhere")
	for _, c := range []struct {
		name   string
		change func(*config.Config)
		path   string
		code   diag.Code
	}{
		{"nothing wrong", func(*config.Config) {}, "", ""},
		{"a unit by its key", func(c *config.Config) { c.Unit.ICO, c.Unit.Key = "", "{1}" }, "", ""},
		{"no unit", func(c *config.Config) { c.Unit.ICO = "" }, "unit.ico", flow.CodeUnitUnset},
		{"a check digit", func(c *config.Config) { c.Unit.ICO = "12345678" }, "unit.ico", "ico-checksum"},
		{"no IČO at all", func(c *config.Config) { c.Unit.ICO = "abc" }, "unit.ico", "ico-shape"},
		{"a Slovak one of seven digits", func(c *config.Config) { c.Unit.ICO, c.Unit.Country = "1234567", "SK" }, "unit.ico", "ico-shape"},
		{"a Slovak unit has none", func(c *config.Config) { c.Unit.ICO, c.Unit.Country = "12345678", "SK" }, "", ""},
		{"rounding", func(c *config.Config) { c.Rounding.VAT = "half" }, "rounding.vat", config.CodeBadValue},
		{"the day of an order", func(c *config.Config) { c.Dates.Order = "someday" }, "dates.order", config.CodeBadValue},
		{"the catalogue", func(c *config.Config) { c.Lines.Catalogue = nowhere }, "lines.catalogue", canonical.CodeFileNotFound},
		{"the source", func(c *config.Config) { c.Source.Path = nowhere }, "source.path", canonical.CodeFileNotFound},
		{"the standard input is there", func(c *config.Config) { c.Source.Path = "-" }, "", ""},
		{"a further file", func(c *config.Config) { c.Source = config.Source{Path: folder, With: []string{folder, nowhere}} }, "source.with[1]", canonical.CodeFileNotFound},
		{"a named source", func(c *config.Config) { c.Sources = map[string]config.Source{"shop": {Path: nowhere}} }, "sources.shop.path", canonical.CodeFileNotFound},
		{"a profile", func(c *config.Config) { c.Source.Profile = "nothing" }, "source.profile", "profile-not-found"},
		{"a profile's file", func(c *config.Config) { c.Source.Profile = nowhere + ".yaml" }, "source.profile", canonical.CodeFileNotFound},
		{"a column", func(c *config.Config) { c.Source.Columns = map[string]string{"number": "Č.", "nubmer": "Č."} }, "source.columns.nubmer", profile.CodeUnknownColumn},
		{"columns of no table", func(c *config.Config) {
			c.Source = config.Source{Profile: "raynet-deal", Columns: map[string]string{"nubmer": "Č."}}
		}, "", ""},
		{"a profile of ours", func(c *config.Config) { c.Source.Profile = "raynet-deal" }, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := config.Default()
			k.Unit.ICO = "12345679"
			c.change(k)
			found := flow.Inspect(k)
			if c.code == "" {
				assert.Empty(t, found)
				return
			}
			require.Len(t, found, 1)
			assert.Equal(t, c.code, found[0].Code)
			assert.Equal(t, c.path, found[0].Path)
		})
	}
}
