package charset

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestInvisible(t *testing.T) {
	for r := rune(0x2000); r <= 0x2070; r++ {
		text := "a" + string(r) + "b"
		want := r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x2069
		assert.Equal(t, want, Invisible(r), "%U", r)
		assert.Equal(t, want, HasInvisible(text), "%U", r)
		if want {
			text = "ab"
		}
		assert.Equal(t, text, WithoutInvisible("a"+string(r)+"b"), "%U", r)
	}
	assert.Equal(t, "x", WithoutInvisible("\uFEFFx\uFEFF"))
	assert.Equal(t, "Žluťoučký – „kůň“ €", WithoutInvisible("Žluťoučký – „kůň“ €"))
}
