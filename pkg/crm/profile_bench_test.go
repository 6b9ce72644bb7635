package crm

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/crm/profile"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// BenchmarkProfiles is the way from a record of a CRM to the canonical one.
func BenchmarkProfiles(b *testing.B) {
	for _, c := range []struct {
		name string
		with []string
	}{
		{"raynet/deal.json", []string{"../../examples/raynet/company.json"}},
		{"woocommerce/order.json", nil},
		{"shoptet/order.json", nil},
		{"eway/carts.json", []string{"../../examples/eway/companies.json", "../../examples/eway/enum-values.json"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			text, err := os.ReadFile("../../examples/" + c.name)
			require.NoError(b, err)
			f, err := newForeign(Options{With: c.with})
			require.NoError(b, err)
			in := openJSON(nil, c.name, false, f, false)
			raw := canonical.Raw{Bytes: text, At: diag.Position{File: c.name, Line: 1, Column: 1}}
			b.ReportAllocs()
			for b.Loop() {
				in.Decode(raw)
			}
		})
	}
}

// BenchmarkStart is what a single record pays before it is translated: the
// profile's YAML and its expressions.
func BenchmarkStart(b *testing.B) {
	text, err := profile.Show("raynet-deal")
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		p, _ := profile.ReadProfile(text, "raynet-deal.yaml")
		p.Compile()
	}
}
