package export_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow/flowtest"
	"github.com/gopohoda/pohoda/pkg/unit"
)

// TestCatalogueOfAnExport has two deals with codes that POHODA knows and one
// with a code that it does not.
func TestCatalogueOfAnExport(t *testing.T) {
	product := func(sku string) string {
		return `{"kind":"product","source":{"system":"pohoda","id":"` + sku + `"},"sku":"` + sku + `"}` + "\n"
	}
	unknown := func(record map[string]any) { record["lines"].([]any)[1].(map[string]any)["sku"] = "JINÝ-1" }
	for policy, want := range map[string]struct {
		written, waiting, refused int
		code                      diag.Code
	}{
		config.AsText: {3, 0, 0, unit.CodeUnpaired},
		config.Hold:   {2, 1, 0, unit.CodeUnpairedHeld},
		config.Fail:   {0, 0, 1, unit.CodeUnpairedFailed},
	} {
		t.Run(policy, func(t *testing.T) {
			tr := flowtest.NewTrial(t, flowtest.Deal(t, 1), flowtest.Deal(t, 2, unknown), flowtest.Deal(t, 3))
			tr.Config.Lines.Unpaired = policy
			tr.Config.Lines.Catalogue = tr.WriteFile(t, "products.ndjson", product("KANC-001")+product("POTR-012"))
			report := tr.RunsWell(t)
			assert.Equal(t, []diag.Code{want.code}, tr.Codes())
			assert.Equal(t, want.written, report.Written)
			assert.Equal(t, want.waiting, report.Waiting)
			assert.Equal(t, want.refused, report.Refused)
			if policy == config.AsText {
				assert.Equal(t, 1, report.Documents[1].Linked)
				assert.Equal(t, 2, report.Documents[2].Linked)
			}
		})
	}
}

func TestCatalogueThatCannotBeRead(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		code diag.Code
	}{
		"not JSON":         {`{"kind":"product",`, canonical.CodeJSONCutOff},
		"a field is wrong": {`{"kind":"product","source":{"system":"p","id":"1"},"sku":1}`, canonical.CodeTextExpected},
	} {
		t.Run(name, func(t *testing.T) {
			tr := flowtest.NewTrial(t, flowtest.Deal(t, 1))
			tr.Config.Lines.Catalogue = tr.WriteFile(t, "products.ndjson", c.text)
			tr.Fails(t, c.code)
			assert.Zero(t, tr.Printed.Len())
		})
	}
}
