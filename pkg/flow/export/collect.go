package export

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/outfile"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// verdict is what becomes of a record.
type verdict uint8

const (
	leftOut verdict = iota
	accepted
	waiting
	refused
	// transferred is what the ledger knows, and is not sent again.
	transferred
	// cancelledThere is what the source has given up.
	cancelledThere
)

// recordResult is a record after all work on it.
type recordResult struct {
	verdict verdict
	issues  diag.List
	line    Line
	origin  trade.Origin
	// id and code name the record in its source, pack and item in POHODA.
	id, code, pack, item string
	agenda, target       string
	phase                trade.Phase
	// status is what the ledger knows, nil without one; decision is what follows.
	status   *flow.LedgerStatus
	decision decision
	// unsaid are the fields for which the document has no place.
	unsaid []string
	// deletion is the item that deletes the document whose place this one takes.
	deletion string
	// totals are the sums of the document.
	totals *vat.Totals
	// document is the text of the document, encoded.
	document []byte
}

// collector takes the outcomes in the order of the records: it finds what only
// shows when records meet, fills the report and feeds the output.
type collector struct {
	export *Export
	counts *Report
	out    sink
	said   once
	// known are the documents that came before, by id and by code.
	known *flow.Seen
	// found are the codes of the documents found for each id that was asked for,
	// others are some of those that were not.
	found  map[string]string
	others []string
	// there are the ids asked for of documents that the selection leaves out.
	there map[string]bool
	// unread are findings of records that could not be read so far that they had a name.
	unread  diag.List
	rejects outfile.Rejects
	pack    string
	// unsaid counts the records with a field that their document has no place for, by the
	// target and the field.
	unsaid map[[2]string]int
	// cancelled counts the records that the source has given up.
	cancelled int
	// done counts the records of the input, takenOver those of them whose fingerprints
	// are of another version.
	done, takenOver int
}

// maxUnread is how many findings of unreadable records are kept for an id that was not found.
const maxUnread = 20

// maxOthers is how many ids are kept to suggest one for an id that was not found.
const maxOthers = 20000

// batchResult is what came of one record of the input; it may hold several.
type batchResult struct {
	raw     canonical.Raw
	results []recordResult
	// err ends the run.
	err error
}

func (c *collector) collect(w batchResult) error {
	if w.err != nil {
		return w.err
	}
	if c.done++; c.export.Progress != nil {
		c.export.Progress(c.done)
	}
	for i := range w.results {
		o := &w.results[i]
		if err := c.handleResult(o); err != nil {
			return err
		}
		if o.verdict != refused {
			continue
		}
		if err := c.rejects.Add(o.origin.Raw, w.raw.Header); err != nil {
			return err
		}
	}
	return nil
}

func (c *collector) handleResult(o *recordResult) error {
	if o.verdict == leftOut {
		c.counts.Skipped++
		c.noteUnselected(o)
		return nil
	}
	if o.verdict != refused || o.id != "" {
		c.checkDuplicates(o)
	}
	c.report(c.said.filter(o.issues)...)
	if o.status != nil && o.status.IsTakenOver() {
		c.takenOver++
	}
	switch o.verdict {
	case transferred:
		c.counts.Skipped++
		c.counts.Transferred++
		if o.decision.changed {
			c.counts.Changed++
		}
	case refused:
		c.counts.Refused++
		c.counts.OwnFault = c.counts.OwnFault || slices.ContainsFunc(o.issues, func(i *diag.Issue) bool { return i.Code == CodeOwnFault })
	case waiting:
		c.counts.Skipped++
		c.counts.Waiting++
	case cancelledThere:
		c.counts.Skipped++
		c.cancelled++
	case accepted:
		c.counts.list(o.line)
		for _, field := range o.unsaid {
			c.unsaid[[2]string{o.target, field}]++
		}
	}
	return c.out.Add(o)
}

func (c *collector) report(issues ...*diag.Issue) {
	for _, issue := range issues {
		c.export.Tell(issue)
	}
}

// noteUnselected keeps the names of a record that was not asked for.
func (c *collector) noteUnselected(o *recordResult) {
	if len(c.export.Select.IDs) == 0 {
		return
	}
	if len(c.unread) < maxUnread {
		c.unread.Add(o.issues...)
	}
	for _, name := range []string{o.id, o.code} {
		if slices.Contains(c.export.Select.IDs, name) {
			c.there[name] = true
		} else if name != "" && len(c.others) < maxOthers {
			c.others = append(c.others, strings.Clone(name)) // it shares its record's memory
		}
	}
}

// checkDuplicates finds a record that came before, and one of another source: the pack's
// id, half of what POHODA's duplicity check compares, is that of one source.
func (c *collector) checkDuplicates(o *recordResult) {
	refuse := func(issue *diag.Issue) {
		o.verdict = refused
		issue.Record, issue.At = o.line.Record, o.origin.At
		o.issues.Add(issue)
	}
	switch {
	case o.item != "" && !c.known.Add("id\x00"+o.item):
		refuse(diag.New(flow.CodeDuplicate).WithValue(o.id))
	case o.code != "" && !c.known.Add("code\x00"+o.agenda+"\x00"+o.code):
		refuse(diag.New(CodeDuplicateCode).WithPath("number").WithValue(o.code))
	}
	if c.pack == "" {
		c.pack = o.pack
	}
	if o.pack != "" && o.pack != c.pack {
		refuse(diag.New(CodeSourcesMixed, "first", c.pack).WithPath("source").WithValue(o.pack))
	}
	for _, asked := range c.export.Select.IDs {
		if asked != o.id && asked != o.code {
			continue
		}
		if first := c.found[asked]; first != "" && first != o.line.Record && o.verdict != refused {
			refuse(diag.New(CodeIDAmbiguous, "first", first).WithValue(asked))
		}
		c.found[asked] = o.line.Record
	}
}

// reportUnsaid says once a run which fields of how many records went nowhere.
func (c *collector) reportUnsaid() {
	for _, key := range slices.SortedFunc(maps.Keys(c.unsaid), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
		c.report(diag.Notice(CodeFieldUnsaid, "target", key[0], "n", strconv.Itoa(c.unsaid[key])).WithValue(key[1]))
	}
}

// reportMissingIDs says what was asked for and not found, and what was given in vain.
func (c *collector) reportMissingIDs(source *crm.Source) {
	c.report(source.Findings()...)
	if c.takenOver > 0 {
		c.report(diag.Notice(CodeTakenOver, "n", strconv.Itoa(c.takenOver)))
	}
	c.reportUnsaid()
	if c.cancelled > 0 {
		c.report(diag.Notice(CodeCancelledLeft, "n", strconv.Itoa(c.cancelled)))
	}
	for _, asked := range c.export.Select.IDs {
		if _, ok := c.found[asked]; ok {
			continue
		}
		c.report(c.unread...)
		c.unread = nil
		code, near := CodeIDUnknown, diag.Nearest(asked, c.others)
		switch {
		case c.there[asked]:
			code = CodeIDLeftOut
		case len(near) > 0:
			code = CodeIDNotFound
		}
		issue := diag.New(code, "source", c.export.From).WithValue(asked)
		if code == CodeIDNotFound {
			issue.Args["near"] = strings.Join(near, ", ")
		}
		c.report(issue)
		c.counts.Refused++
	}
	switch r := c.counts; {
	case r.Written+r.Waiting > 0 || r.Refused > 0:
	case r.Transferred > 0:
		c.report(diag.Notice(CodeNothingNew, "transferred", strconv.Itoa(r.Transferred)))
	default:
		c.report(diag.Warn(CodeNothingFound, "skipped", strconv.Itoa(r.Skipped)))
	}
}
