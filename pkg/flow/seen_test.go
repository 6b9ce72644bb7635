package flow

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/oracle"
)

// TestSeenIsASet compares it with a map, through several of its growths.
func TestSeenIsASet(t *testing.T) {
	random := rand.New(rand.NewPCG(oracle.Seed(t, 1), 2))
	for _, kinds := range []int{1, 10, 1000, 100_000} {
		s, known := newSeen(), map[string]bool{}
		for range 30_000 {
			word := "deal " + itoa(random.IntN(kinds))
			require.Equal(t, !known[word], s.add(word), word)
			known[word] = true
		}
		require.Equal(t, len(known), s.count)
		for word := range known {
			require.False(t, s.add(word), word)
		}
		require.True(t, s.add("another"))
	}
}

func TestSeenTakesTheEmptyText(t *testing.T) {
	s := newSeen()
	assert.True(t, s.add(""))
	assert.False(t, s.add(""))
	assert.True(t, s.add("\x00"))
}

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

func BenchmarkSeen(b *testing.B) {
	s := newSeen()
	b.ReportAllocs()
	for i := range b.N {
		s.add(itoa(i))
	}
}
