package main

import (
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow/paid"
	"github.com/gopohoda/pohoda/pkg/flow/view"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/pohoda"
)

// ledgerFilter are the flags that say which records of the ledger are meant.
type ledgerFilter struct {
	states, payments         []string
	system, as, since, until string
	changed                  bool
	export                   int64
}

func (f *ledgerFilter) flags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringSliceVar(&f.states, "state", nil, "only records in this `STATE`: "+strings.Join(ledger.New.Values(), ", ")+" (repeatable)")
	flags.StringSliceVar(&f.payments, "payment", nil, "only orders whose payment is in this `STATE`: "+strings.Join(paid.PaymentStates(), ", ")+" (repeatable)")
	flags.BoolVar(&f.changed, "changed", false, "only records that the source has changed since they were exported")
	flags.StringVar(&f.since, "since", "", "only what changed in the ledger on `DATE` or later")
	flags.StringVar(&f.until, "until", "", "only what changed in the ledger on `DATE` or before")
	f.identityFlags(cmd)
	flags.Int64Var(&f.export, "export", 0, "only records that were in export `N`")
}

// identityFlags are those that tell records of one name apart.
func (f *ledgerFilter) identityFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.system, "system", "", "only records of the source `SYSTEM`, such as raynet")
	flags.StringVar(&f.as, "as", "", "only records that became `KIND`: "+strings.Join(pohoda.TargetNames(), ", "))
}

// filter reads the flags; days are those of the clock's place.
func (f *ledgerFilter) filter(names []string, zone *time.Location) (ledger.Filter, error) {
	filter := ledger.Filter{
		Payments: view.PaymentsAsked(f.payments), System: f.system, Target: f.as,
		Texts: names, Changed: f.changed, Export: f.export,
	}
	for _, state := range f.states {
		filter.States = append(filter.States, ledger.State(state))
	}
	for _, words := range []struct {
		flag         string
		given, known []string
	}{
		{"--state", f.states, ledger.New.Values()},
		{"--payment", f.payments, paid.PaymentStates()},
		{"--as", given(f.as), pohoda.TargetNames()},
	} {
		for _, word := range words.given {
			if !slices.Contains(words.known, word) {
				return filter, diag.New(codeBadFlagValue, "flag", words.flag, "type", strings.Join(words.known, "|")).WithValue(word)
			}
		}
	}
	var err error
	if filter.Since, err = midnight("--since", f.since, zone, 0); err != nil {
		return filter, err
	}
	filter.Until, err = midnight("--until", f.until, zone, 1)
	return filter, err
}

func given(word string) []string {
	if word == "" {
		return nil
	}
	return []string{word}
}

// midnight is when a day begins, or one so many days after it; no day is no time.
func midnight(flag, day string, zone *time.Location, after int) (time.Time, error) {
	if day == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, day, zone)
	if err != nil {
		return t, diag.New(codeBadFlagValue, "flag", flag, "type", "DATE (2026-01-31)").WithValue(day)
	}
	return t.AddDate(0, 0, after), nil
}
