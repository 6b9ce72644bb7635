package profile

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/crm/expression"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// The codes of further records by --with.
var (
	CodeLookupMissing = diag.Refused.Code("lookup-missing", "key", "what")
	CodeLookupNoFile  = diag.Refused.Code("lookup-no-file", "key", "what")
	CodeWithUnused    = diag.Warning.Code("with-unused")
	CodeWithNotJSON   = diag.Refused.Code("with-not-json")
)

// withFiles are the files of --with: the records to which others refer. Each
// file may hold one record, a list, NDJSON or an answer of an interface. It is
// safe for concurrent use.
type withFiles struct {
	Files []*withFile
	// indexes are the records by their key, made when a lookup is first used.
	indexes sync.Map // *lookup to func() index
}

type withFile struct {
	name   string
	info   fs.FileInfo
	values []withValue
	used   atomic.Bool
}

// withValue is a value of a file and how its places are found.
type withValue struct {
	node  *canonical.Node
	where canonical.Locator
}

type withRecord struct {
	value any
	// own is the text by which the record is known among those of its key.
	own  string
	at   diag.Position
	from *withFile
}

// index are all records of a lookup by their key, in the order of the files.
type index map[string][]withRecord

// OpenWith reads files and folders.
func OpenWith(paths []string) (*withFiles, error) {
	w := &withFiles{}
	for _, path := range paths {
		names, err := canonical.Files(path)
		if err != nil {
			return nil, err
		}
		if err := w.Add(names); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// Add reads further files, before the first record is looked up. A file that is
// named twice, by itself and by its folder, is read once.
func (w *withFiles) Add(names []string) error {
	for _, name := range names {
		file, err := readWith(name)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(w.Files, func(f *withFile) bool { return os.SameFile(f.info, file.info) }) {
			w.Files = append(w.Files, file)
		}
	}
	return nil
}

func readWith(name string) (*withFile, error) {
	opened, err := os.Open(name)
	if err != nil {
		return nil, canonical.Unreadable(name, err)
	}
	defer opened.Close()
	text := bufio.NewReaderSize(canonical.NewFileReader(opened, name), 2*canonical.HeadSize)
	head, err := text.Peek(canonical.HeadSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if issue := canonical.ForeignKind(head, name); issue != nil {
		return nil, issue
	}
	if !canonical.HoldsJSON(head, name) {
		return nil, diag.New(CodeWithNotJSON).WithValue(name)
	}
	file, err := splitWith(canonical.UnicodeOf(text, head), name)
	if err != nil {
		return nil, err
	}
	file.info, err = opened.Stat()
	return file, err
}

// splitWith reads the values of a file. Each has a parser of its own, whose
// memory is the tree's.
func splitWith(text io.Reader, name string) (*withFile, error) {
	file := &withFile{name: name}
	split := canonical.NewSplitter(text, name, false)
	for {
		raw, err := split.Next()
		if errors.Is(err, io.EOF) {
			return file, nil
		}
		if err != nil {
			return nil, err
		}
		if raw.Broken != nil {
			return nil, raw.Broken
		}
		p := new(canonical.Parser)
		tree, issues := p.Parse(raw.Bytes, raw.At)
		for _, issue := range issues.Of(diag.Error) {
			return nil, issue
		}
		file.values = append(file.values, withValue{tree, p.Source.Position})
	}
}

// index gives the records of a lookup by key.
func (w *withFiles) index(l *lookup) index {
	made, ok := w.indexes.Load(l)
	if !ok {
		made, _ = w.indexes.LoadOrStore(l, sync.OnceValue(func() index { return w.indexOf(l) }))
	}
	return made.(func() index)()
}

func (w *withFiles) indexOf(l *lookup) index {
	all := index{}
	for _, file := range w.Files {
		for _, value := range file.values {
			for _, n := range RecordsAt(value.node, l.roots) {
				if key := n.Get(l.key); key != nil && key.Scalar() && l.shape.Fits(n) {
					id := expression.KeyOf(key.Text)
					all[id] = append(all[id], withRecord{expression.ValueOf(n), l.ownOf(n), value.where(n.At), file})
				}
			}
		}
	}
	return all
}

// ownOf is the text by which a record is known among those of one key, "" where
// it has none.
func (l *lookup) ownOf(n *canonical.Node) string {
	if own := n.Get(l.id); own != nil && own.Scalar() {
		return expression.KeyOf(own.Text)
	}
	return ""
}

// Unused warns of the files out of which no record was needed.
func (w *withFiles) Unused() (issues diag.List) {
	for _, file := range w.Files {
		if !file.used.Load() {
			issues.Add(diag.Warn(CodeWithUnused).WithValue(file.name))
		}
	}
	return issues
}

// Record finds the one further record of a key. Two that differ are refused:
// which of them is meant nobody knows.
func (r *run) Record(name, id string) (any, error) {
	l := r.profile.lookups[name]
	found, err := r.found(l, id)
	if err != nil || found == nil {
		return nil, err
	}
	for _, other := range found[1:] {
		if !expression.Equal(found[0].value, other.value) {
			return nil, ambiguous(l, l.key, id, found[0], other)
		}
	}
	return found[0].value, nil
}

// Records gives all further records of a key. One that is there twice by its own
// id counts once; two with one id that differ are refused.
func (r *run) Records(name, id string) (any, error) {
	l := r.profile.lookups[name]
	found, err := r.found(l, id)
	if err != nil || found == nil {
		return nil, err
	}
	values, known := make([]any, 0, len(found)), map[string]withRecord{}
	for _, one := range found {
		first, twice := known[one.own]
		switch {
		case one.own == "":
		case !twice:
			known[one.own] = one
		case expression.Equal(first.value, one.value):
			continue
		default:
			return nil, ambiguous(l, l.id, one.own, first, one)
		}
		values = append(values, one.value)
	}
	return values, nil
}

func ambiguous(l *lookup, key, id string, one, other withRecord) *diag.Issue {
	return diag.New(expression.CodeLookupAmbiguous, "what", l.title, "key", key, "one", one.at.String(), "other", other.at.String()).WithValue(canonical.Visible(id))
}

// found gives the further records of a key. That there are none is reported once
// a record: as a warning, or as an error where the profile cannot do without.
func (r *run) found(l *lookup, id string) ([]withRecord, error) {
	index := r.with.index(l)
	if found := index[id]; found != nil {
		for _, one := range found {
			one.from.used.Store(true)
		}
		return found, nil
	}
	code, said := CodeLookupMissing, l.name+"\x00"+id
	if len(index) == 0 {
		code, said = CodeLookupNoFile, l.name
	}
	if r.said[said] {
		return nil, nil
	}
	r.said[said] = true
	issue := diag.Warn(code, "what", l.title, "key", l.key).WithValue(canonical.Visible(id))
	if l.required {
		issue.Severity = diag.Error
		return nil, issue
	}
	r.Report(issue)
	return nil, nil
}
