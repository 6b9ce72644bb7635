package export

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/unit"
)

func TestOnce(t *testing.T) {
	o := once{flow.NewSeen()}
	centre := func(word string) *diag.Issue {
		return diag.Warn(unit.CodeWordUnmapped, "map", "centre").WithValue(word)
	}
	carrier := diag.Warn(unit.CodeWordUnmapped, "map", "carrier").WithValue("A")
	draft := diag.Notice(CodeDraftWaits)
	assert.Equal(t, diag.List{centre("A"), draft, draft}, o.filter(diag.List{centre("A"), draft, centre("A"), draft}))
	assert.Equal(t, diag.List{centre("B"), carrier, draft}, o.filter(diag.List{centre("B"), carrier, draft, carrier, centre("A")}))
	assert.Empty(t, o.filter(diag.List{centre("A"), centre("B"), carrier}))
	assert.Equal(t, diag.List{diag.Warn(unit.CodeUnchecked)}, o.filter(diag.List{diag.Warn(unit.CodeUnchecked), diag.Warn(unit.CodeUnchecked)}))
}
