package diag

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestRegistration(t *testing.T) {
	const failing, warned Code = "test-failing", "test-warned"
	defer func() { delete(registered, failing); delete(registered, warned) }()
	assert.Equal(t, failing, Locked.Code(failing, "unit", "holder"))
	assert.Equal(t, warned, Warning.Code(warned))

	r, ok := failing.Registration()
	assert.True(t, ok)
	assert.Equal(t, Registration{Error, Locked, []string{"unit", "holder"}}, r)
	assert.Equal(t, Locked, failing.Exit())
	assert.Contains(t, Codes(), failing)

	r, ok = warned.Registration()
	assert.True(t, ok)
	assert.Equal(t, Registration{Severity: Warning}, r)
	assert.Equal(t, Failed, warned.Exit(), "a warning ends no run")
	_, ok = Code("test-unheard-of").Registration()
	assert.False(t, ok)
	assert.Equal(t, Failed, Code("test-unheard-of").Exit())

	assert.Panics(t, func() { Usage.Code(failing) }, "twice")
	assert.Panics(t, func() { Note.Code(warned) }, "twice")
	assert.Panics(t, func() { Done.Code("test-done") }, "an error that ends no run")
	assert.Panics(t, func() { Error.Code("test-error") }, "an error without an exit code")
}
