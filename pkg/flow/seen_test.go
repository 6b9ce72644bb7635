package flow

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/oracle"
)

// TestSeenIsASet compares it with a map, through several of its growths.
func TestSeenIsASet(t *testing.T) {
	random := rand.New(rand.NewPCG(oracle.Seed(t, 1), 2))
	for _, kinds := range []int{1, 10, 1000, 100_000} {
		s, known := newSeen(), map[string]bool{}
		for range 30_000 {
			word := "deal " + strconv.Itoa(random.IntN(kinds))
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

func BenchmarkSeen(b *testing.B) {
	s := newSeen()
	b.ReportAllocs()
	for i := range b.N {
		s.add(strconv.Itoa(i))
	}
}
