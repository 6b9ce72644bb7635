package export

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The codes of a record that the ledger knows.
var (
	// CodeChanged: it is in POHODA, or may be, and {places} changed since.
	CodeChanged = diag.Refused.Code("ledger-changed", "places", "state")
	// CodeChangedOpen: it was exported, nobody has said what POHODA did with it, and
	// {places} changed since.
	CodeChangedOpen = diag.Refused.Code("ledger-changed-unconfirmed", "places", "state")
	// CodeWaits: nobody knows what became of its last export, which is {state}.
	CodeWaits = diag.Refused.Code("ledger-waits", "state")
	// CodeRefusedBefore: POHODA refused it, and it is the same still.
	CodeRefusedBefore = diag.Warning.Code("ledger-refused-before")
	// CodeCancelledSince: the source has cancelled what POHODA has.
	CodeCancelledSince = diag.Warning.Code("ledger-cancelled-since", "state")
	// CodeGoneThere: POHODA has it no more, and the source still has it.
	CodeGoneThere = diag.Warning.Code("ledger-cancelled-there")
	// CodeDoneSince: the source is done with what POHODA has.
	CodeDoneSince = diag.Note.Code("ledger-done-since")
	// CodeAgain: POHODA has the document as {value}, and gets it once more.
	CodeAgain = diag.Warning.Code("ledger-again")
	// CodeNotFromHere: POHODA has it, and not from an export of this tool.
	CodeNotFromHere = diag.Refused.Code("ledger-not-exported")
	// CodeReplaces: POHODA is asked to delete {number} and to add the document in its
	// place.
	CodeReplaces = diag.Note.Code("ledger-replaces", "id")
	// CodeNoReplacement: it cannot be replaced, since POHODA's id of it is not known.
	CodeNoReplacement = diag.Refused.Code("ledger-no-replacement", "state")
	// CodeTakenOver: {n} records have fingerprints of another version, and count as
	// unchanged.
	CodeTakenOver = diag.Note.Code("ledger-taken-over", "n")
	// CodeNeverReplaced: POHODA deletes no documents of kind {target} by XML.
	CodeNeverReplaced = diag.Refused.Code("ledger-never-replaced", "target")
)

// ResendPolicy says what an export does with records that the ledger knows.
type ResendPolicy struct {
	// New takes records that are new, or that have changed while POHODA had refused
	// them. What was transferred is left, and told when it has changed since.
	New bool
	// Again takes what was transferred once more under its own id; POHODA's
	// duplicity check, where it is on, refuses what POHODA has.
	Again bool
	// Replace lets a document take the place of the one that POHODA has.
	Replace bool
}

// decision is what is done with a record: it is sent, or left. An issue says what a
// person should know of it; one that is an error refuses the record.
type decision struct {
	send bool
	// again says that POHODA may have the record already.
	again bool
	// revision is that of the document, deletes POHODA's id of the one whose place
	// it takes.
	revision int
	deletes  int64
	// changed says that the record is left although it has changed.
	changed bool
	issue   *diag.Issue
}

// What is done with a record.
type action int

const (
	// leave does not send it; leaveChanged neither, and it is owed if it has changed.
	leave action = iota
	leaveChanged
	// send sends it for the first time, resend as it was sent before, renew under the
	// next revision; with CodeReplaces behind an item that deletes the document that
	// POHODA has.
	send
	resend
	renew
)

// The values of the columns of resendRules; an empty column holds of every record.
var (
	anyPolicy ResendPolicy
	ifNew     = ResendPolicy{New: true}
	ifAgain   = ResendPolicy{Again: true}
	ifReplace = ResendPolicy{Replace: true}

	untransferred = []ledger.State{"", ledger.New}
	refusedThere  = []ledger.State{ledger.Refused}
	underway      = []ledger.State{ledger.Writing, ledger.Sending, ledger.Unknown}
	exported      = []ledger.State{ledger.Exported}
	inPohoda      = []ledger.State{ledger.Accepted, ledger.AcceptedChanged, ledger.Baseline}
	cancelled     = []ledger.State{ledger.Cancelled}
	left          = []ledger.State{ledger.Exported, ledger.Accepted, ledger.AcceptedChanged, ledger.Baseline, ledger.Replaced, ledger.Cancelled}

	gone = []trade.Phase{trade.Cancelled, trade.Lost}
	done = []trade.Phase{trade.Done}
)

const same, changed = "same", "changed"

// resendCondition is what else a row asks of a record.
type resendCondition func(s *flow.LedgerStatus, a *pohoda.Agenda) bool

func notToldDone(s *flow.LedgerStatus, _ *pohoda.Agenda) bool  { return s.Known.Phase != trade.Done }
func neverDeleted(_ *flow.LedgerStatus, a *pohoda.Agenda) bool { return a.Verbs&pohoda.Delete == 0 }
func notFromHere(s *flow.LedgerStatus, _ *pohoda.Agenda) bool  { return s.Known.Export == 0 }

// stillReplaces is a document that was to take the place of another, and of which
// POHODA has not said that it has it.
func stillReplaces(s *flow.LedgerStatus, _ *pohoda.Agenda) bool { return s.Known.Replacing() != 0 }

// noKnownID: nobody knows the id of the document that POHODA has now.
func noKnownID(s *flow.LedgerStatus, _ *pohoda.Agenda) bool {
	return s.Known.PohodaID == 0 || s.Known.Replacing() != 0
}

// resendRule is a row of resendRules.
type resendRule struct {
	policy  ResendPolicy
	state   []ledger.State
	phase   []trade.Phase
	content string
	further resendCondition
	action  action
	code    diag.Code
}

// resendRules is what is done with a record, by what is asked for, the ledger's state
// of it, its phase, and its content beside what was sent: the first row that holds
// says it. No record comes to the last row, which refuses a state that no row names.
var resendRules = [...]resendRule{
	// policy, state, phase, content, further, action, code
	{ifNew, untransferred, gone, "", nil, leave, ""},
	{anyPolicy, untransferred, nil, "", nil, send, ""},
	{anyPolicy, underway, nil, "", nil, leave, CodeWaits},
	{ifNew, refusedThere, nil, same, nil, leave, CodeRefusedBefore},
	{anyPolicy, refusedThere, nil, "", stillReplaces, resend, CodeReplaces},
	{anyPolicy, refusedThere, nil, "", nil, resend, ""},

	{ifNew, cancelled, gone, "", nil, leave, ""},
	{ifNew, left, gone, "", nil, leave, CodeCancelledSince},
	{ifReplace, cancelled, nil, "", neverDeleted, leave, CodeNeverReplaced},
	{ifReplace, cancelled, nil, "", nil, renew, ""},
	{ifNew, cancelled, nil, same, nil, leave, CodeGoneThere},
	{ifNew, left, done, same, notToldDone, leave, CodeDoneSince},
	{ifNew, left, nil, same, nil, leave, ""},
	{anyPolicy, exported, nil, same, stillReplaces, resend, CodeReplaces},
	{anyPolicy, exported, nil, same, nil, resend, ""},

	{ifReplace, left, nil, "", neverDeleted, leave, CodeNeverReplaced},
	{ifReplace, left, nil, "", noKnownID, leave, CodeNoReplacement},
	{ifReplace, left, nil, "", nil, renew, CodeReplaces},
	// Under its own id POHODA knows the document: one from elsewhere it would have twice.
	{ifAgain, inPohoda, nil, "", notFromHere, leaveChanged, CodeNotFromHere},
	{ifAgain, left, nil, "", stillReplaces, resend, CodeReplaces},
	{ifAgain, inPohoda, nil, "", nil, resend, CodeAgain},
	{ifAgain, left, nil, "", nil, resend, ""},
	{anyPolicy, left, nil, same, nil, leave, ledger.CodeTransferred},
	{anyPolicy, exported, nil, changed, nil, leaveChanged, CodeChangedOpen},
	{anyPolicy, left, nil, changed, nil, leaveChanged, CodeChanged},
	{anyPolicy, nil, nil, "", nil, leave, CodeWaits},
}

// rule finds the row of a record.
func (h ResendPolicy) rule(s *flow.LedgerStatus, a *pohoda.Agenda) int {
	content := changed
	if s.Same() {
		content = same
	}
	return slices.IndexFunc(resendRules[:], func(r resendRule) bool {
		return (h.New || !r.policy.New) && (h.Again || !r.policy.Again) && (h.Replace || !r.policy.Replace) &&
			(r.state == nil || slices.Contains(r.state, s.Known.State)) &&
			(r.phase == nil || slices.Contains(r.phase, s.Phase)) &&
			(r.content == "" || r.content == content) &&
			(r.further == nil || r.further(s, a))
	})
}

// decide decides by the rules.
func (h ResendPolicy) decide(s *flow.LedgerStatus, a *pohoda.Agenda) decision {
	r := &resendRules[h.rule(s, a)]
	d := decision{send: r.action >= send, again: r.action >= resend, revision: s.Known.Revision}
	d.changed = r.action == leaveChanged && !s.Same()
	if r.action == renew {
		d.revision = max(s.Known.Revision, 1) + 1
	}
	if r.code == CodeReplaces {
		d.deletes = s.Known.PohodaID
	}
	if r.code != "" {
		d.issue = h.issue(r.code, s)
	}
	if a.Verbs&pohoda.Delete == 0 && slices.Contains(mendedByReplacing, r.code) {
		d.issue.Advice = flow.AdviceByHand
	}
	if d.send && d.issue != nil {
		d.issue.Value = s.Known.PohodaNumber
	}
	return d
}

// mendedByReplacing are the codes whose hint is to replace the document.
var mendedByReplacing = []diag.Code{CodeChanged, CodeChangedOpen, CodeGoneThere, CodeNotFromHere, ledger.CodeTransferred}

// issue tells of a record what its code has as arguments. What refuses one that was
// asked for is a warning about one of many.
func (h ResendPolicy) issue(code diag.Code, s *flow.LedgerStatus) *diag.Issue {
	about, _ := code.Registration()
	var pairs []string
	for _, name := range about.Arguments {
		value := ""
		switch name {
		case "state":
			value = string(s.Known.State)
		case "number":
			value = s.Known.PohodaNumber
		case "id":
			value = strconv.FormatInt(s.Known.PohodaID, 10)
		case "target":
			value = s.Key.Target
		case diag.Places:
			value = strings.Join(flow.ChangedParts(s.Known.Sent, s.AsCompared()), ", ")
		}
		pairs = append(pairs, name, value)
	}
	issue := diag.New(code, pairs...)
	if issue.Severity = about.Severity; about.Severity == diag.Error && h.New {
		issue.Severity = diag.Warning
	}
	return issue
}
