package crm

import (
	"io"
	"strings"
	"sync"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/crm/profile"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The codes of JSON that is no record.
var (
	CodeNotARecord        = diag.Refused.Code("not-a-record", "found")
	CodeUnrecognisedShape = diag.Refused.Code("unrecognised-shape", "keys")
	// CodeShapeIncomplete: the record is nearly one of {profile}, of whose keys it lacks
	// {missing}.
	CodeShapeIncomplete = diag.Refused.Code("shape-incomplete", "missing", "profile")
)

// jsonInput reads canonical records, and by a profile those of other shapes.
type jsonInput struct {
	split *canonical.Splitter
	// foreign is how other shapes become canonical; forced says that a profile
	// is to be used on whatever comes.
	foreign *foreign
	forced  bool
	parsers sync.Pool
}

func openJSON(r io.Reader, file string, lines bool, f *foreign, forced bool) input {
	j := &jsonInput{split: canonical.NewSplitter(r, file, lines), foreign: f, forced: forced}
	j.parsers.New = func() any { return new(canonical.Parser) }
	return j
}

func (j *jsonInput) Next() (canonical.Raw, error) { return j.split.Next() }

// large is the size of a record whose memory is not kept for further ones.
const large = 1 << 20

// Decode reads a record, or several out of a CRM's answer that lists them.
func (j *jsonInput) Decode(raw canonical.Raw) []canonical.Result {
	p := j.parsers.Get().(*canonical.Parser)
	if len(raw.Bytes) < large {
		defer j.parsers.Put(p)
	}

	tree, issues := p.Parse(raw.Bytes, raw.At)
	locate := p.Source.Position
	origin := trade.Origin{At: raw.At, Raw: raw.Bytes}
	switch {
	case tree == nil:
		return []canonical.Result{{Record: trade.Record{Origin: origin}, Issues: issues}}
	case tree.Kind != canonical.ObjectNode:
		issues.Add(diag.New(CodeNotARecord, "found", tree.Kind.String()).WithValue(canonical.Visible(tree.Text)).WithPosition(raw.At))
		return []canonical.Result{{Record: trade.Record{Origin: origin}, Issues: issues}}
	case canonical.IsRecord(tree) && !j.forced:
		return []canonical.Result{canonical.ResultOf(tree, locate, origin, issues)}
	}
	profile, records := j.foreign.translate(tree, locate)
	if profile == "" {
		if canonical.WantsCanonical(tree) {
			return []canonical.Result{canonical.ResultOf(tree, locate, origin, issues)}
		}
		issues.Add(unrecognised(tree).WithPosition(raw.At))
		return []canonical.Result{{Record: trade.Record{Origin: origin}, Issues: issues}}
	}
	origin.Profile = profile
	var results []canonical.Result
	for _, record := range records {
		// What was found in the whole is said once, with the first record.
		issues = append(issues, record.Issues...)
		if len(records) > 1 {
			origin.Raw = valueAt(raw.Bytes, record.At)
		}
		origin.At = locate(record.At)
		if record.Node == nil {
			results = append(results, canonical.Result{Record: trade.Record{Origin: origin}, Issues: issues})
		} else {
			results = append(results, canonical.ResultOf(record.Node, locate, origin, issues))
		}
		issues = nil
	}
	return results
}

// valueAt gives the value that begins at an offset of a well-formed text.
func valueAt(text []byte, at int) []byte {
	n, _ := new(canonical.Extent).Read(text[at:])
	return text[at : at+n]
}

// unrecognised says of a value whose shape no profile reads what it looks like.
func unrecognised(n *canonical.Node) *diag.Issue {
	nearest, missing, record := profile.Nearest(n)
	if nearest != nil {
		return diag.New(CodeShapeIncomplete, "profile", nearest.Name, "missing", strings.Join(missing, ", "))
	}
	return diag.New(CodeUnrecognisedShape, "keys", keysOf(record))
}

// keysOf names the first keys of an object, to show what a shape looks like.
func keysOf(n *canonical.Node) string {
	const some = 8
	if n.Members == nil {
		return "{}"
	}
	var keys []string
	for i := range n.Members {
		if i == some {
			keys = append(keys, "…")
			break
		}
		keys = append(keys, canonical.Visible(n.Members[i].Key))
	}
	return strings.Join(keys, ", ")
}
