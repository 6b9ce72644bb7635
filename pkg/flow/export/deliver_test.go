package export_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/flow/export"
	"github.com/gopohoda/pohoda/pkg/flow/flowtest"
	"github.com/gopohoda/pohoda/pkg/outfile"
	"github.com/gopohoda/pohoda/pkg/outfile/outfiletest"
)

func TestOnlyTheSameDocumentsAreReplaced(t *testing.T) {
	pack := func(t *testing.T, records ...string) string {
		tr := flowtest.NewTrial(t, records...)
		tr.RunsWell(t)
		return tr.Printed.String()
	}
	eForm := func(t *testing.T, record string) string {
		tr := flowtest.NewTrial(t, record)
		tr.Format = config.EForm
		tr.RunsWell(t)
		return tr.Printed.String()
	}
	changed := flowtest.With("Jiný zákazník", "customer", "name")
	for _, c := range []struct {
		name, there string
		records     []string
		format      string
		replaced    bool
	}{
		{"the same", pack(t, flowtest.Deals(t, 2)...), flowtest.Deals(t, 2), config.DataPack, true},
		{"an edited one", pack(t, flowtest.Deal(t, 1)), []string{flowtest.Deal(t, 1, changed)}, config.DataPack, true},
		{"another one", pack(t, flowtest.Deal(t, 1)), []string{flowtest.Deal(t, 2)}, config.DataPack, false},
		{"one of two", pack(t, flowtest.Deals(t, 2)...), []string{flowtest.Deal(t, 1)}, config.DataPack, false},
		{"one more", pack(t, flowtest.Deal(t, 1)), flowtest.Deals(t, 2), config.DataPack, false},
		{"another order of them", pack(t, flowtest.Deal(t, 2), flowtest.Deal(t, 1)), flowtest.Deals(t, 2), config.DataPack, false},
		{"one of another source", pack(t, flowtest.Deal(t, 1, flowtest.With("eway", "source", "system"))), []string{flowtest.Deal(t, 1)}, config.DataPack, false},
		{"one for another unit", strings.Replace(pack(t, flowtest.Deal(t, 1)), ` ico="12345679"`, ` ico="22222227"`, 1), []string{flowtest.Deal(t, 1)}, config.DataPack, false},
		{"a pack that is cut off", strings.TrimSuffix(pack(t, flowtest.Deal(t, 1)), "</dat:dataPack>\n"), []string{flowtest.Deal(t, 1)}, config.DataPack, false},
		{"nothing", "", []string{flowtest.Deal(t, 1)}, config.DataPack, false},
		{"another kind of file", "a,b\n1,2\n", []string{flowtest.Deal(t, 1)}, config.DataPack, false},
		{"an eForm for a pack", eForm(t, flowtest.Deal(t, 1)), []string{flowtest.Deal(t, 1)}, config.DataPack, false},
		{"a pack for an eForm", pack(t, flowtest.Deal(t, 1)), []string{flowtest.Deal(t, 1)}, config.EForm, false},
		{"the same eForm", eForm(t, flowtest.Deal(t, 1)), []string{flowtest.Deal(t, 1)}, config.EForm, true},
		{"an edited eForm", eForm(t, flowtest.Deal(t, 1)), []string{flowtest.Deal(t, 1, changed)}, config.EForm, true},
		{"another eForm", eForm(t, flowtest.Deal(t, 1)), []string{flowtest.Deal(t, 2)}, config.EForm, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := flowtest.NewTrial(t, c.records...)
			tr.Format, tr.Output = c.format, tr.WriteFile(t, "out.xml", c.there)
			for _, dry := range []bool{true, false} {
				tr.DryRun = dry
				if c.replaced {
					assert.Equal(t, tr.Output, tr.RunsWell(t).Path)
					continue
				}
				tr.Fails(t, outfile.CodeFileExists)
				assert.Equal(t, c.there, outfiletest.Content(t, tr.Output))
			}
			tr.Force = true
			tr.RunsWell(t)
			assert.Equal(t, []string{"deals.ndjson", "out.xml"}, outfiletest.FilesIn(t, tr.Folder))
			alone := flowtest.NewTrial(t, c.records...)
			alone.Format = c.format
			alone.RunsWell(t)
			assert.Equal(t, alone.Printed.String(), outfiletest.Content(t, tr.Output))
		})
	}
}

func TestFileIsNamedAfterItsDocument(t *testing.T) {
	for _, c := range []struct {
		name    string
		records []string
		ids     []string
		want    string
	}{
		{"its code", flowtest.Deals(t, 3), []string{"2"}, "OP-26-2.xph"},
		{"its id without a code", []string{flowtest.Deal(t, 7, flowtest.With("", "number"))}, []string{"7"}, "7.xph"},
		{"a way out of the folder", []string{flowtest.Deal(t, 1, flowtest.With("../../x", "number"))}, []string{"1"}, "_.._.._x.xph"},
		{"several are named after their source", flowtest.Deals(t, 3), []string{"2", "3"}, "raynet_ukazka.xml"},
		{"so is a list", flowtest.Deals(t, 3), nil, "raynet_ukazka.xml"},
		{"so is a list of one", flowtest.Deals(t, 1), nil, "raynet_ukazka.xml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := flowtest.NewTrial(t, c.records...)
			folder := filepath.Join(tr.Folder, "out")
			require.NoError(t, os.Mkdir(folder, 0o700))
			tr.Select.IDs = c.ids
			for _, tr.Output = range []string{folder, folder + string(filepath.Separator)} {
				report := tr.RunsWell(t)
				assert.Equal(t, filepath.Join(folder, c.want), report.Path)
				assert.Equal(t, strings.HasSuffix(c.want, ".xph"), report.IsXPH())
				assert.Equal(t, []string{c.want}, outfiletest.FilesIn(t, folder))
			}
		})
	}
}

func TestFolderOfTheTargetIsNotMade(t *testing.T) {
	tr := flowtest.NewTrial(t, flowtest.Deal(t, 1))
	tr.Output = filepath.Join(tr.Folder, "nowhere") + string(filepath.Separator)
	tr.Fails(t, outfile.CodeNoFolder)
	assert.NoDirExists(t, tr.Output)
}

func TestFileInThePlaceOfAFolder(t *testing.T) {
	tr := flowtest.NewTrial(t, flowtest.Deal(t, 1))
	tr.Select.IDs, tr.Output = []string{"1"}, tr.Folder
	require.NoError(t, os.Mkdir(filepath.Join(tr.Folder, "OP-26-1.xph"), 0o700))
	tr.Fails(t, outfile.CodeFileExists)
	tr.Force = true
	tr.Fails(t, outfile.CodeCannotWrite)
	assert.Equal(t, []string{"OP-26-1.xph", "deals.ndjson"}, outfiletest.FilesIn(t, tr.Folder))
}

func TestEFormHoldsOneDocument(t *testing.T) {
	for _, dry := range []bool{false, true} {
		tr := flowtest.NewTrial(t, flowtest.Deals(t, 2)...)
		tr.Format, tr.DryRun = config.EForm, dry
		tr.Fails(t, export.CodeOneDocument)
		assert.Zero(t, tr.Printed.Len())
	}
	tr := flowtest.NewTrial(t, flowtest.Deal(t, 1, flowtest.With(map[string]any{"name": "Dodavatel s.r.o."}, "supplier")))
	tr.Format, tr.As = config.EForm, "issued-order"
	assert.Equal(t, 1, tr.RunsWell(t).Refused)
	assert.Contains(t, tr.Codes(), export.CodeFormatTarget)
}

func TestFormatFor(t *testing.T) {
	folder := t.TempDir()
	for _, c := range []struct {
		name, asked, output string
		ids                 int
		setting, want       string
	}{
		{"a stream", "", "", 1, config.EForm, config.DataPack},
		{"a file", "", "out.xml", 1, config.EForm, config.DataPack},
		{"an xph", "", "out.xph", 1, config.DataPack, config.DataPack},
		{"an xph where eForms are wanted", "", "out.XPH", 1, config.EForm, config.EForm},
		{"an xph of a list", "", "out.xph", 0, config.EForm, config.EForm},
		{"a folder for one", "", folder, 1, config.EForm, config.EForm},
		{"a folder to be, for one", "", "out/", 1, config.EForm, config.EForm},
		{"a folder for several", "", folder, 2, config.EForm, config.DataPack},
		{"a folder for all", "", folder, 0, config.EForm, config.DataPack},
		{"as asked", config.EForm, "out.xml", 1, config.DataPack, config.EForm},
		{"as asked, against the setting", config.DataPack, "out.xph", 1, config.EForm, config.DataPack},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, export.FormatFor(c.asked, c.output, c.ids, &config.Config{XPHFormat: c.setting}))
		})
	}
}
