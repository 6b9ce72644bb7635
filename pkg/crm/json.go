package crm

import (
	"io"
	"strings"
	"sync"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The codes of JSON that is no record.
const (
	CodeNotARecord        diag.Code = "not-a-record"
	CodeUnrecognisedShape diag.Code = "unrecognised-shape"
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
		issues.Add(diag.New(CodeNotARecord, "found", tree.kind.String()).Of(visible(tree.text)).Located(raw.At))
		return []Result{{trade.Record{Origin: origin}, issues}}
	case canonical(tree) && !j.forced:
		return []Result{resultOf(tree, locate, origin, issues)}
	}
	profile, records, more := j.foreign.translate(tree, locate)
	issues.Add(more...)
	if profile == "" && !issues.Refused() {
		if wantsCanonical(tree) {
			return []Result{resultOf(tree, locate, origin, issues)}
		}
		issues.Add(diag.New(CodeUnrecognisedShape, "keys", keysOf(tree)).Located(raw.At))
	}
	origin.Profile = profile
	if len(records) == 0 && len(issues) > 0 {
		return []Result{{trade.Record{Origin: origin}, issues}}
	}
	var results []Result
	for _, record := range records {
		origin.At = locate(record.at)
		results = append(results, resultOf(record, locate, origin, issues))
		issues = nil // what concerns the whole is said once
	}
	return results
}

// resultOf binds a canonical tree; issues are those found in it before.
func resultOf(n *node, locate locator, origin trade.Origin, issues diag.List) Result {
	record := recordOf(n, locate, &issues)
	record.Origin = origin
	return Result{record, issues}
}

// keysOf names the first keys of an object, to show what a shape looks like.
func keysOf(n *node) string {
	const some = 8
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
