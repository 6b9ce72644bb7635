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
		s, known := NewSeen(), map[string]bool{}
		for range 30_000 {
			word := "deal " + strconv.Itoa(random.IntN(kinds))
			require.Equal(t, !known[word], s.Add(word), word)
			known[word] = true
		}
		require.Equal(t, len(known), s.count)
		for word := range known {
			require.False(t, s.Add(word), word)
		}
		require.True(t, s.Add("another"))
	}
}

func TestSeenTakesTheEmptyText(t *testing.T) {
	s := NewSeen()
	assert.True(t, s.Add(""))
	assert.False(t, s.Add(""))
	assert.True(t, s.Add("\x00"))
}

func BenchmarkSeen(b *testing.B) {
	s := NewSeen()
	b.ReportAllocs()
	for i := range b.N {
		s.Add(strconv.Itoa(i))
	}
}
