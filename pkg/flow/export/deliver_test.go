package flow

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/config"
)

func TestOnlyTheSameDocumentsAreReplaced(t *testing.T) {
	pack := func(t *testing.T, records ...string) string {
		tr := newTrial(t, records...)
		tr.run(t)
		return tr.stdout.String()
	}
	eForm := func(t *testing.T, record string) string {
		tr := newTrial(t, record)
		tr.Format = config.EForm
		tr.run(t)
		return tr.stdout.String()
	}
	changed := with("Jiný zákazník", "customer", "name")
	for _, c := range []struct {
		name, there string
		records     []string
		format      string
		replaced    bool
	}{
		{"the same", pack(t, deals(t, 2)...), deals(t, 2), config.DataPack, true},
		{"an edited one", pack(t, deal(t, 1)), []string{deal(t, 1, changed)}, config.DataPack, true},
		{"another one", pack(t, deal(t, 1)), []string{deal(t, 2)}, config.DataPack, false},
		{"one of two", pack(t, deals(t, 2)...), []string{deal(t, 1)}, config.DataPack, false},
		{"one more", pack(t, deal(t, 1)), deals(t, 2), config.DataPack, false},
		{"another order of them", pack(t, deal(t, 2), deal(t, 1)), deals(t, 2), config.DataPack, false},
		{"one of another source", pack(t, deal(t, 1, with("eway", "source", "system"))), []string{deal(t, 1)}, config.DataPack, false},
		{"one for another unit", strings.Replace(pack(t, deal(t, 1)), ` ico="12345679"`, ` ico="22222227"`, 1), []string{deal(t, 1)}, config.DataPack, false},
		{"a pack that is cut off", strings.TrimSuffix(pack(t, deal(t, 1)), "</dat:dataPack>\n"), []string{deal(t, 1)}, config.DataPack, false},
		{"nothing", "", []string{deal(t, 1)}, config.DataPack, false},
		{"another kind of file", "a,b\n1,2\n", []string{deal(t, 1)}, config.DataPack, false},
		{"an eForm for a pack", eForm(t, deal(t, 1)), []string{deal(t, 1)}, config.DataPack, false},
		{"a pack for an eForm", pack(t, deal(t, 1)), []string{deal(t, 1)}, config.EForm, false},
		{"the same eForm", eForm(t, deal(t, 1)), []string{deal(t, 1)}, config.EForm, true},
		{"an edited eForm", eForm(t, deal(t, 1)), []string{deal(t, 1, changed)}, config.EForm, true},
		{"another eForm", eForm(t, deal(t, 1)), []string{deal(t, 2)}, config.EForm, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := newTrial(t, c.records...)
			tr.Format, tr.Output = c.format, tr.file(t, "out.xml", c.there)
			for _, dry := range []bool{true, false} {
				tr.DryRun = dry
				if c.replaced {
					assert.Equal(t, tr.Output, tr.run(t).Path)
					continue
				}
				tr.fails(t, CodeFileExists)
				assert.Equal(t, c.there, content(t, tr.Output))
			}
			tr.Force = true
			tr.run(t)
			assert.Equal(t, []string{"deals.ndjson", "out.xml"}, filesIn(t, tr.folder))
			alone := newTrial(t, c.records...)
			alone.Format = c.format
			alone.run(t)
			assert.Equal(t, alone.stdout.String(), content(t, tr.Output))
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
		{"its code", deals(t, 3), []string{"2"}, "OP-26-2.xph"},
		{"its id without a code", []string{deal(t, 7, with("", "number"))}, []string{"7"}, "7.xph"},
		{"a way out of the folder", []string{deal(t, 1, with("../../x", "number"))}, []string{"1"}, "_.._.._x.xph"},
		{"several are named after their source", deals(t, 3), []string{"2", "3"}, "raynet_ukazka.xml"},
		{"so is a list", deals(t, 3), nil, "raynet_ukazka.xml"},
		{"so is a list of one", deals(t, 1), nil, "raynet_ukazka.xml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := newTrial(t, c.records...)
			folder := filepath.Join(tr.folder, "out")
			require.NoError(t, os.Mkdir(folder, 0o700))
			tr.Select.IDs = c.ids
			for _, tr.Output = range []string{folder, folder + string(filepath.Separator)} {
				report := tr.run(t)
				assert.Equal(t, filepath.Join(folder, c.want), report.Path)
				assert.Equal(t, strings.HasSuffix(c.want, ".xph"), report.IsXPH())
				assert.Equal(t, []string{c.want}, filesIn(t, folder))
			}
		})
	}
}

func TestFolderOfTheTargetIsNotMade(t *testing.T) {
	tr := newTrial(t, deal(t, 1))
	tr.Output = filepath.Join(tr.folder, "nowhere") + string(filepath.Separator)
	tr.fails(t, CodeNoFolder)
	assert.NoDirExists(t, tr.Output)
}

func TestFileInThePlaceOfAFolder(t *testing.T) {
	tr := newTrial(t, deal(t, 1))
	tr.Select.IDs, tr.Output = []string{"1"}, tr.folder
	require.NoError(t, os.Mkdir(filepath.Join(tr.folder, "OP-26-1.xph"), 0o700))
	tr.fails(t, CodeFileExists)
	tr.Force = true
	tr.fails(t, CodeCannotWrite)
	assert.Equal(t, []string{"OP-26-1.xph", "deals.ndjson"}, filesIn(t, tr.folder))
}

func TestEFormHoldsOneDocument(t *testing.T) {
	for _, dry := range []bool{false, true} {
		tr := newTrial(t, deals(t, 2)...)
		tr.Format, tr.DryRun = config.EForm, dry
		tr.fails(t, CodeOneDocument)
		assert.Zero(t, tr.stdout.Len())
	}
	tr := newTrial(t, deal(t, 1, with(map[string]any{"name": "Dodavatel s.r.o."}, "supplier")))
	tr.Format, tr.As = config.EForm, "issued-order"
	assert.Equal(t, 1, tr.run(t).Refused)
	assert.Contains(t, tr.codes(), CodeFormatTarget)
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
			assert.Equal(t, c.want, FormatFor(c.asked, c.output, c.ids, &config.Config{XPHFormat: c.setting}))
		})
	}
}
