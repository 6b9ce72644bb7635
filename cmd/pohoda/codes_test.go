package main

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// codesTable lists the codes for those who review a change: severity, exit code and
// arguments are part of the contract with scripts. UPDATE_SCRIPTS=1 writes it anew.
const codesTable = "../../testdata/codes.tsv"

func TestCodesTable(t *testing.T) {
	var b strings.Builder
	b.WriteString("code\tseverity\texit\targuments\n")
	for _, code := range diag.Codes() {
		r, _ := code.Registration()
		fmt.Fprintf(&b, "%s\t%s\t%d\t%s\n", code, r.Severity, r.Exit, strings.Join(r.Arguments, ","))
	}
	if os.Getenv("UPDATE_SCRIPTS") != "" {
		require.NoError(t, os.WriteFile(codesTable, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(codesTable)
	require.NoError(t, err)
	assert.Equal(t, string(want), b.String())
}

var placeholder = regexp.MustCompile(`\{([a-z][a-zA-Z0-9]*)\}`)

// TestTextsOfCodes holds the catalogues to the registered codes: each has its texts,
// nothing else has, and their names are arguments of the code or always known.
func TestTextsOfCodes(t *testing.T) {
	for tag, language := range diag.Languages {
		for _, code := range diag.Codes() {
			entry, ok := language.Entries[code]
			assert.True(t, ok, "%s: %s has no texts", tag, code)
			r, _ := code.Registration()
			for _, name := range placeholder.FindAllStringSubmatch(entry.Message+entry.Hint, -1) {
				assert.Contains(t, append([]string{"value", "path"}, r.Arguments...), name[1], "%s: %s", tag, code)
			}
		}
		for code := range language.Entries {
			_, ok := code.Registration()
			assert.True(t, ok, "%s: nobody registers %s", tag, code)
		}
	}
}

var gravity = []diag.Severity{diag.Note, diag.Warning, diag.Error}

// TestPlacesThatRaiseCodes reads the source: a code is registered, and each place
// that raises it gives all its arguments, no others, and no graver an issue.
func TestPlacesThatRaiseCodes(t *testing.T) {
	s := readSource(t)
	assert.Empty(t, s.plain, "codes that are not registered")
	assert.Len(t, s.codes, len(diag.Codes()))
	raised := map[diag.Code]bool{}
	for _, place := range s.raisings {
		if place.code == "" {
			continue
		}
		r, ok := place.code.Registration()
		if !assert.True(t, ok, "%s: %s is not registered", place.at, place.code) {
			continue
		}
		assert.LessOrEqual(t, slices.Index(gravity, place.severity), slices.Index(gravity, r.Severity), "%s: %s is a %s", place.at, place.code, r.Severity)
		assert.True(t, s.gives(place, r.Arguments), "%s: %s has the arguments %q, not %q", place.at, place.code, r.Arguments, place.names)
		raised[place.code] = true
	}
	for variable, code := range s.codes {
		if raised[code] {
			continue
		}
		r, _ := code.Registration()
		out := func(place raising) bool {
			here := strings.HasPrefix(variable, place.folder+".")
			return place.code == "" && (here || !place.open) && s.gives(place, r.Arguments)
		}
		assert.True(t, slices.ContainsFunc(s.raisings, out), "%s: no place raises %s out of a table with the arguments %q", variable, code, r.Arguments)
	}
}

// gives tells whether a place gives the arguments: all at once, or the rest later.
func (s *source) gives(place raising, arguments []string) bool {
	for _, name := range arguments {
		if !place.open && !slices.Contains(place.names, name) && !slices.Contains(s.later[place.folder], name) {
			return false
		}
	}
	return place.open || !slices.ContainsFunc(place.names, func(name string) bool { return !slices.Contains(arguments, name) })
}
