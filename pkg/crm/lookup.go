package crm

import (
	"bufio"
	"errors"
	"io"
	"os"
	"sync"
	"sync/atomic"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// The codes of further records by --with.
const (
	CodeLookupMissing diag.Code = "lookup-missing"
	CodeLookupNoFile  diag.Code = "lookup-no-file"
	CodeWithUnused    diag.Code = "with-unused"
	CodeWithNotJSON   diag.Code = "with-not-json"
)

// withFiles are the files of --with: the records to which others refer. Each
// file may hold one record, a list, NDJSON or an answer of an interface. It is
// safe for concurrent use.
type withFiles struct {
	files []*withFile
	// indexes are the records by their key, made when a lookup is first used.
	indexes sync.Map // *lookup to func() map[string]withRecord
}

type withFile struct {
	name   string
	values []*node
	used   atomic.Bool
}

type withRecord struct {
	value any
	from  *withFile
}

// openWith reads files and folders.
func openWith(paths []string) (*withFiles, error) {
	w := &withFiles{}
	for _, path := range paths {
		names, err := Files(path)
		if err != nil {
			return nil, err
		}
		if err := w.add(names); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// add reads further files, before the first record is looked up.
func (w *withFiles) add(names []string) error {
	for _, name := range names {
		file, err := readWith(name)
		if err != nil {
			return err
		}
		w.files = append(w.files, file)
	}
	return nil
}

func readWith(name string) (*withFile, error) {
	opened, err := os.Open(name)
	if err != nil {
		return nil, unreadable(name, err)
	}
	defer opened.Close()
	text := bufio.NewReaderSize(&fileReader{opened, name}, 2*headSize)
	head, err := text.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if issue := foreignKind(head, name); issue != nil {
		return nil, issue
	}
	if !holdsJSON(head, name) {
		return nil, diag.New(CodeWithNotJSON).Of(name)
	}
	return splitWith(unicodeOf(text, head), name)
}

// splitWith reads the values of a file. Each has a parser of its own, whose
// memory is the tree's.
func splitWith(text io.Reader, name string) (*withFile, error) {
	file := &withFile{name: name}
	split := newSplitter(text, name, false)
	for {
		raw, err := split.next()
		if errors.Is(err, io.EOF) {
			return file, nil
		}
		if err != nil {
			return nil, err
		}
		if raw.broken != nil {
			return nil, raw.broken
		}
		tree, issues := new(parser).parse(raw.Bytes, raw.At)
		for _, issue := range issues.Of(diag.Error) {
			return nil, issue
		}
		file.values = append(file.values, tree)
	}
}

// index gives the records of a lookup by key.
func (w *withFiles) index(l *lookup) map[string]withRecord {
	made, ok := w.indexes.Load(l)
	if !ok {
		made, _ = w.indexes.LoadOrStore(l, sync.OnceValue(func() map[string]withRecord { return w.indexOf(l) }))
	}
	return made.(func() map[string]withRecord)()
}

func (w *withFiles) indexOf(l *lookup) map[string]withRecord {
	index := map[string]withRecord{}
	for _, file := range w.files {
		for _, value := range file.values {
			for _, n := range recordsAt(value, l.roots) {
				if key := n.get(l.key); key != nil && l.shape.fits(n) {
					index[key.text] = withRecord{valueOf(n), file}
				}
			}
		}
	}
	return index
}

// unused warns of the files out of which no record was needed.
func (w *withFiles) unused() (issues diag.List) {
	for _, file := range w.files {
		if !file.used.Load() {
			issues.Add(diag.Warn(CodeWithUnused).Of(file.name))
		}
	}
	return issues
}

// record finds a further record. One that is not there is reported once a
// record: as a warning, or as an error where the profile cannot do without.
func (r *run) record(name, id string) (any, error) {
	l := r.profile.lookups[name]
	index := r.with.index(l)
	if found, ok := index[id]; ok {
		found.from.used.Store(true)
		return found.value, nil
	}
	code, said := CodeLookupMissing, name+"\x00"+id
	if len(index) == 0 {
		code, said = CodeLookupNoFile, name
	}
	if r.said[said] {
		return nil, nil
	}
	r.said[said] = true
	issue := diag.Warn(code, "what", l.title, "key", l.key).Of(visible(id))
	if l.required {
		issue.Severity = diag.Error
		return nil, issue
	}
	r.report(issue)
	return nil, nil
}
