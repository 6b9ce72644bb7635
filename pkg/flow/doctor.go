package flow

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/check"
	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/crm/profile"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/unit"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// CodeUnitUnset warns that no accounting unit is configured.
var CodeUnitUnset = diag.Warning.Code("unit-ico-unset")

// Inspect looks at a configuration for what its own rules cannot see: whether
// the unit is set and its IČO holds together, whether files and profiles are
// there, whether names of POHODA are known.
func Inspect(c *config.Config) diag.List {
	i := inspector{config: c}
	if c.Unit.ICO == "" && c.Unit.Key == "" {
		i.found("unit.ico", diag.Warn(CodeUnitUnset))
	}
	i.values()
	i.file("lines.catalogue", c.Lines.Catalogue)
	i.source("source", c.Source)
	for _, name := range slices.Sorted(maps.Keys(c.Sources)) {
		i.source("sources."+name, c.Sources[name])
	}
	return i.issues
}

// Wrong finds the values that no command could use, and warns of those that are
// hardly right.
func Wrong(c *config.Config) diag.List {
	i := inspector{config: c}
	i.values()
	return i.issues
}

type inspector struct {
	config *config.Config
	issues diag.List
}

func (i *inspector) found(key string, issue *diag.Issue) {
	i.issues.Add(issue.WithPath(key).WithPosition(i.config.Origin(key).At))
}

// eightDigits is an IČO, Czech or Slovak.
var eightDigits = regexp.MustCompile(`^[0-9]{8}$`)

// values looks at values that the configuration's own rules do not know. Not
// every real Slovak IČO has the check digit (reference INPUTS 9).
func (i *inspector) values() {
	own := i.config.Unit
	checksum := diag.Warn(check.CodeICOChecksum)
	if i.config.Checks.ICO == config.Refuse {
		checksum.Severity = diag.Error
	}
	switch {
	case own.ICO == "":
	case !eightDigits.MatchString(own.ICO):
		i.found("unit.ico", diag.New(check.CodeICOShape).WithValue(own.ICO))
	case own.Country == "CZ" && !check.ValidICO(own.ICO):
		i.found("unit.ico", checksum.WithValue(own.ICO))
	}
	i.rounding("rounding", i.config.Rounding.TargetRounding)
	for _, name := range slices.Sorted(maps.Keys(i.config.Rounding.Targets)) {
		i.rounding("rounding."+name, i.config.Rounding.Targets[name])
	}
	compileRules(i.config, i.found)
	days := append(unit.DateFields(), unit.DateToday)
	i.word("dates.order", i.config.Dates.Order, days)
	for n, word := range i.config.OrderNote {
		i.word("order_note["+strconv.Itoa(n)+"]", word, pohoda.NoteWords())
	}
	for _, name := range slices.Sorted(maps.Keys(i.config.Dates.Targets)) {
		i.word("dates."+name, i.config.Dates.Targets[name], days)
	}
	i.targets("rules", slices.Sorted(maps.Keys(i.config.Rules.Targets)))
	i.targets("defaults", slices.Sorted(maps.Keys(i.config.Defaults.Targets)))
	i.targets("dates", slices.Sorted(maps.Keys(i.config.Dates.Targets)))
	i.targets("rounding", slices.Sorted(maps.Keys(i.config.Rounding.Targets)))
	i.lists("maps", slices.Sorted(maps.Keys(i.config.Maps.Lists())))
	i.lists("defaults", slices.Sorted(maps.Keys(i.config.Defaults.Codes())))
	for _, name := range slices.Sorted(maps.Keys(i.config.Defaults.Targets)) {
		i.lists("defaults."+name, slices.Sorted(maps.Keys(i.config.Defaults.Targets[name].Codes())))
	}
}

// rounding looks at how documents are rounded, in the home currency and in others.
func (i *inspector) rounding(key string, r config.TargetRounding) {
	i.word(key+".vat", r.VAT, vat.RoundNone.Values())
	for _, currency := range slices.Sorted(maps.Keys(r.Currencies)) {
		i.word(key+"."+currency+".vat", r.Currencies[currency].VAT, vat.RoundNone.Values())
	}
}

// targets finds keys below key that name no kind of document.
func (i *inspector) targets(key string, names []string) {
	var known []string
	for _, target := range pohoda.TargetNames() {
		known = append(known, config.TargetKey(target))
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			i.found(key, diag.New(config.CodeUnknownKey, "known", diag.Meant(name, known)).WithValue(name))
		}
	}
}

// CodeListUnused warns of a list of the unit of which no document that is written holds
// a code.
var CodeListUnused = diag.Warning.Code("unit-list-unused")

// lists finds lists of the unit that are set in vain.
func (i *inspector) lists(key string, names []string) {
	used := pohoda.UnitLists()
	for _, name := range names {
		if !slices.Contains(used, name) {
			i.found(key+"."+name, diag.Warn(CodeListUnused).WithValue(name))
		}
	}
}

func (i *inspector) word(key, word string, allowed []string) {
	if word != "" && !slices.Contains(allowed, word) {
		i.found(key, diag.New(config.CodeBadValue, "allowed", strings.Join(allowed, ", ")).WithValue(word))
	}
}

func (i *inspector) source(key string, source config.Source) {
	i.file(key+".path", source.Path)
	for n, file := range source.With {
		i.file(key+".with["+strconv.Itoa(n)+"]", file)
	}
	switch ending := filepath.Ext(source.Profile); {
	case ending == ".yaml" || ending == ".yml":
		i.file(key+".profile", source.Profile)
	case source.Profile != "":
		if _, err := profile.Show(source.Profile); err != nil {
			i.found(key+".profile", diag.As(err))
		}
	}
	if issue := profile.CheckColumns(source.Profile, source.Columns); issue != nil {
		i.found(key+".columns."+issue.Value, issue)
	}
}

func (i *inspector) file(key, path string) {
	if path == "" || path == "-" {
		return
	}
	if _, err := os.Stat(path); err != nil {
		i.found(key, diag.New(canonical.CodeFileNotFound).WithValue(path))
	}
}
