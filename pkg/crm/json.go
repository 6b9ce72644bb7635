package crm

import (
	"io"
	"strings"
	"sync"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The codes of JSON that is no record.
var (
	CodeNotARecord        = diag.Refused.Code("not-a-record", "found")
	CodeUnrecognisedShape = diag.Refused.Code("unrecognised-shape", "keys")
)

// jsonInput reads canonical records, and by a profile those of other shapes.
type jsonInput struct {
	split *splitter
	// foreign is how other shapes become canonical; forced says that a profile
	// is to be used on whatever comes.
	foreign *foreign
	forced  bool
	parsers sync.Pool
}

func openJSON(r io.Reader, file string, lines bool, f *foreign, forced bool) input {
	j := &jsonInput{split: newSplitter(r, file, lines), foreign: f, forced: forced}
	j.parsers.New = func() any { return new(parser) }
	return j
}

func (j *jsonInput) next() (Raw, error) { return j.split.next() }

// large is the size of a record whose memory is not kept for further ones.
const large = 1 << 20

// decode reads a record, or several out of a CRM's answer that lists them.
func (j *jsonInput) decode(raw Raw) []Result {
	p := j.parsers.Get().(*parser)
	if len(raw.Bytes) < large {
		defer j.parsers.Put(p)
	}

	tree, issues := p.parse(raw.Bytes, raw.At)
	locate := p.source.position
	origin := trade.Origin{At: raw.At, Raw: raw.Bytes}
	switch {
	case tree == nil:
		return []Result{{trade.Record{Origin: origin}, issues}}
	case tree.kind != objectNode:
		issues.Add(diag.New(CodeNotARecord, "found", tree.kind.String()).WithValue(visible(tree.text)).WithPosition(raw.At))
		return []Result{{trade.Record{Origin: origin}, issues}}
	case isRecord(tree) && !j.forced:
		return []Result{resultOf(tree, locate, origin, issues)}
	}
	profile, records := j.foreign.translate(tree, locate)
	if profile == "" {
		if wantsCanonical(tree) {
			return []Result{resultOf(tree, locate, origin, issues)}
		}
		issues.Add(diag.New(CodeUnrecognisedShape, "keys", keysOf(tree)).WithPosition(raw.At))
		return []Result{{trade.Record{Origin: origin}, issues}}
	}
	origin.Profile = profile
	var results []Result
	for _, record := range records {
		// What was found in the whole is said once, with the first record.
		issues = append(issues, record.issues...)
		if len(records) > 1 {
			origin.Raw = valueAt(raw.Bytes, record.at)
		}
		origin.At = locate(record.at)
		if record.node == nil {
			results = append(results, Result{trade.Record{Origin: origin}, issues})
		} else {
			results = append(results, resultOf(record.node, locate, origin, issues))
		}
		issues = nil
	}
	return results
}

// valueAt gives the value that begins at an offset of a well-formed text.
func valueAt(text []byte, at int) []byte {
	n, _ := new(extent).read(text[at:])
	return text[at : at+n]
}

// keysOf names the first keys of an object, to show what a shape looks like.
func keysOf(n *node) string {
	const some = 8
	if n.members == nil {
		return "{}"
	}
	var keys []string
	for i := range n.members {
		if i == some {
			keys = append(keys, "…")
			break
		}
		keys = append(keys, visible(n.members[i].key))
	}
	return strings.Join(keys, ", ")
}
