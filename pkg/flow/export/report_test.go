package flow

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gopohoda/pohoda/pkg/diag"
)

func TestOnce(t *testing.T) {
	o := once{newSeen()}
	centre := func(word string) *diag.Issue { return diag.Warn(CodeWordUnmapped, "map", "centre").Of(word) }
	carrier := diag.Warn(CodeWordUnmapped, "map", "carrier").Of("A")
	draft := diag.Tell(CodeDraftWaits)
	assert.Equal(t, diag.List{centre("A"), draft, draft}, o.filter(diag.List{centre("A"), draft, centre("A"), draft}))
	assert.Equal(t, diag.List{centre("B"), carrier, draft}, o.filter(diag.List{centre("B"), carrier, draft, carrier, centre("A")}))
	assert.Empty(t, o.filter(diag.List{centre("A"), centre("B"), carrier}))
	assert.Equal(t, diag.List{diag.Warn(CodeUnchecked)}, o.filter(diag.List{diag.Warn(CodeUnchecked), diag.Warn(CodeUnchecked)}))
}
