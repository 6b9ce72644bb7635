package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/gopohoda/pohoda/pkg/diag"
)

func TestProgress(t *testing.T) {
	env, _, stderr := testEnv()
	now := time.Date(2026, 3, 16, 12, 0, 0, 0, time.UTC)
	env.Now = func() time.Time { return now }
	env.showProgress()(1)
	assert.Empty(t, stderr.String(), "nobody looks")

	env.StderrTerminal = true
	show := env.showProgress()
	show(100)
	now = now.Add(900 * time.Millisecond)
	show(200)
	assert.Empty(t, stderr.String(), "it may be over soon")
	now = now.Add(200 * time.Millisecond)
	show(300)
	show(301)
	assert.Equal(t, "records: 300", stderr.String())
	now = now.Add(time.Second)
	show(4000)
	env.tellAtOnce(diag.New(codeNoUnit))
	assert.Contains(t, stderr.String(), "records: 300\r            \rrecords: 4000\r             \r")
	assert.Contains(t, stderr.String(), "neither IČO")
	before := stderr.Len()
	env.progress.clear()
	assert.Equal(t, before, stderr.Len(), "there is no line to take away")
}
