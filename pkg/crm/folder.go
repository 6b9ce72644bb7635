package crm

import (
	"bufio"
	"os"
	"slices"
)

// sortFolder tells the files of a folder that hold records from those that hold
// what records refer to (a company, code lists): the latter serve as if they
// had been given by Options.With. A file that is neither stays among the
// records, so that reading it says what is wrong.
func (f *foreign) sortFolder(files []string) (records, with []string) {
	for _, file := range files {
		if n := firstValue(file); n != nil && !isRecord(n) && f.isReferredTo(n) {
			with = append(with, file)
			continue
		}
		records = append(records, file)
	}
	return records, with
}

// isReferredTo tells whether a value has the shape of a lookup and of no record.
func (f *foreign) isReferredTo(n *node) bool {
	profiles := []*profile{f.forced}
	if f.forced == nil {
		if recognise(n) != nil {
			return false
		}
		profiles = profiles[:0]
		for _, name := range embeddedNames {
			p, _ := embeddedProfile(name)
			profiles = append(profiles, p)
		}
	}
	return slices.ContainsFunc(profiles, func(p *profile) bool { return p != nil && p.refersTo(n) })
}

// firstValue reads the first value of a file of JSON; nil when there is none.
func firstValue(file string) *node {
	if !slices.Contains(jsonEndings, ending(file)) {
		return nil
	}
	opened, err := os.Open(file)
	if err != nil {
		return nil
	}
	defer opened.Close()
	text := bufio.NewReaderSize(opened, 2*headSize)
	head, _ := text.Peek(headSize) // a short file has a short head
	raw, err := newSplitter(unicodeOf(text, head), file, false).next()
	if err != nil || raw.broken != nil {
		return nil
	}
	tree, _ := new(parser).parse(raw.Bytes, raw.At)
	return tree
}
