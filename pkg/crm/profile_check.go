package crm

import (
	"errors"
	"io"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/crm/profile"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// ProfileCheck is what CheckProfile found.
type ProfileCheck struct {
	Profile profile.Info
	// Issues are those of the profile itself; with an error no sample is read.
	Issues  diag.List
	Samples []SampleCheck
}

// SampleCheck is what a profile makes of a sample.
type SampleCheck struct {
	File    string
	Results []canonical.Result
	// Findings concern the file and none of its records alone.
	Findings diag.List
	// NotUsed are the keys of the sample out of which the profile reads nothing,
	// such as "items[].cost"; of a CSV the findings tell them.
	NotUsed []string
	// Err is why the sample could not be read to its end.
	Err error
}

// CheckProfile compiles a profile, embedded or by the path of its file, and
// brings samples to canonical records by it. Of the options With, Instance and
// Columns hold.
func CheckProfile(name string, o Options, samples ...string) ProfileCheck {
	p, issues := profile.FindProfile(name)
	check := ProfileCheck{Issues: issues}
	if p == nil {
		return check
	}
	check.Profile = p.Info
	o.Profile = name
	for _, file := range samples {
		check.Samples = append(check.Samples, try(p, file, o))
	}
	return check
}

// try reads a sample by the profile.
func try(p *profile.Profile, file string, o Options) SampleCheck {
	sample := SampleCheck{File: file}
	source, err := Open(file, o)
	if err != nil {
		sample.Err = err
		return sample
	}
	defer source.Close()
	keys := profile.NewKeyCollector(p)
	for {
		raw, err := source.Next()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				sample.Err = err
			}
			sample.NotUsed, sample.Findings = keys.Unused, source.findings
			return sample
		}
		sample.Results = append(sample.Results, source.Decode(raw)...)
		if p.Format == "json" {
			keys.Collect(raw)
		}
	}
}
