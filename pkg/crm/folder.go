package crm

import (
	"bufio"
	"os"
	"slices"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/crm/profile"
)

// sortFolder tells the files of a folder that hold records from those that hold
// what records refer to (a company, code lists): the latter serve as if they
// had been given by Options.With. A file that is neither stays among the
// records, so that reading it says what is wrong.
func (f *foreign) sortFolder(files []string) (records, with []string) {
	for _, file := range files {
		if n := firstValue(file); n != nil && !canonical.IsRecord(n) && f.isReferredTo(n) {
			with = append(with, file)
			continue
		}
		records = append(records, file)
	}
	return records, with
}

// isReferredTo tells whether a value has the shape of a lookup and of no record.
func (f *foreign) isReferredTo(n *canonical.Node) bool {
	profiles := []*profile.Profile{f.forced}
	if f.forced == nil {
		if profile.Recognise(n) != nil {
			return false
		}
		profiles = profiles[:0]
		for _, name := range profile.EmbeddedNames {
			p, _ := profile.EmbeddedProfile(name)
			profiles = append(profiles, p)
		}
	}
	return slices.ContainsFunc(profiles, func(p *profile.Profile) bool { return p != nil && p.RefersTo(n) })
}

// firstValue reads the first value of a file of JSON; nil when there is none.
func firstValue(file string) *canonical.Node {
	if !slices.Contains(canonical.JSONEndings, canonical.Ending(file)) {
		return nil
	}
	opened, err := os.Open(file)
	if err != nil {
		return nil
	}
	defer opened.Close()
	text := bufio.NewReaderSize(opened, 2*canonical.HeadSize)
	head, _ := text.Peek(canonical.HeadSize) // a short file has a short head
	raw, err := canonical.NewSplitter(canonical.UnicodeOf(text, head), file, false).Next()
	if err != nil || raw.Broken != nil {
		return nil
	}
	tree, _ := new(canonical.Parser).Parse(raw.Bytes, raw.At)
	return tree
}
