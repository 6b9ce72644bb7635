package export

import (
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

// decide decides by the state in which the ledger has the record.
func (h ResendPolicy) decide(s *flow.LedgerStatus, a *pohoda.Agenda) decision {
	gone := s.Phase == trade.Cancelled || s.Phase == trade.Lost
	switch s.Known.State {
	case "", ledger.New:
		return decision{send: !h.New || !gone, revision: s.Known.Revision}
	case ledger.Refused:
		if h.New && s.Same() {
			return decision{issue: diag.Warn(CodeRefusedBefore)}
		}
		return h.onceMore(s)
	case ledger.Writing, ledger.Sending, ledger.Unknown:
		return decision{issue: h.issue(CodeWaits, "state", string(s.Known.State))}
	}
	switch {
	case h.New && gone && s.Known.State == ledger.Cancelled:
		return decision{}
	case h.New && gone:
		return decision{issue: diag.Warn(CodeCancelledSince, "state", string(s.Known.State))}
	case s.Known.State == ledger.Cancelled && h.Replace:
		return h.replacement(s, a)
	case h.New && s.Known.State == ledger.Cancelled && s.Same():
		return decision{issue: diag.Warn(CodeGoneThere)}
	case h.New && s.Same() && s.Phase == trade.Done && s.Known.Phase != trade.Done:
		return decision{issue: diag.Notice(CodeDoneSince)}
	case h.New && s.Same():
		return decision{}
	case s.Known.State == ledger.Exported && s.Same():
		return h.onceMore(s)
	case h.Replace:
		return h.replacement(s, a)
	case h.Again:
		return h.again(s)
	case s.Same():
		return decision{issue: diag.New(ledger.CodeTransferred, "state", string(s.Known.State), "number", s.Known.PohodaNumber)}
	}
	code := CodeChanged
	if s.Known.State == ledger.Exported {
		code = CodeChangedOpen
	}
	changed := strings.Join(flow.ChangedParts(s.Known.Sent, s.AsCompared()), ", ")
	return decision{changed: true, issue: h.issue(code, "state", string(s.Known.State), diag.Places, changed)}
}

// again sends the document under its own id, by which POHODA knows it: one that it
// has from elsewhere it would have twice.
func (h ResendPolicy) again(s *flow.LedgerStatus) decision {
	if s.Known.State.InPohoda() && s.Known.Export == 0 {
		return decision{changed: !s.Same(), issue: h.issue(CodeNotFromHere)}
	}
	return h.onceMore(s)
}

// onceMore sends the document as it was sent before. One that was to take the
// place of another, and of which POHODA has not said that it has it, still does.
func (h ResendPolicy) onceMore(s *flow.LedgerStatus) decision {
	c := decision{send: true, again: true, revision: s.Known.Revision}
	switch {
	case s.Known.Replacing() != 0:
		c.replaces(s)
	case s.Known.State.InPohoda():
		c.issue = diag.Warn(CodeAgain).WithValue(s.Known.PohodaNumber)
	}
	return c
}

// replaces asks for the deletion of the document that POHODA has.
func (c *decision) replaces(s *flow.LedgerStatus) {
	c.deletes = s.Known.PohodaID
	c.issue = diag.Notice(CodeReplaces, "id", strconv.FormatInt(c.deletes, 10)).WithValue(s.Known.PohodaNumber)
}

// replacement sends the document under the next revision, behind an item that
// deletes the one that POHODA has, if it is known which one that is.
func (h ResendPolicy) replacement(s *flow.LedgerStatus, a *pohoda.Agenda) decision {
	c := decision{send: true, again: true, revision: max(s.Known.Revision, 1) + 1}
	switch {
	case a.Deletion == nil:
		return decision{issue: h.issue(CodeNeverReplaced, "target", s.Key.Target)}
	case s.Known.State == ledger.Cancelled:
		return c
	case s.Known.PohodaID == 0, s.Known.Replacing() != 0:
		return decision{issue: h.issue(CodeNoReplacement, "state", string(s.Known.State))}
	}
	c.replaces(s)
	return c
}

// issue is a warning about one of many records, an error when the record was
// asked for.
func (h ResendPolicy) issue(code diag.Code, pairs ...string) *diag.Issue {
	if h.New {
		return diag.Warn(code, pairs...)
	}
	return diag.New(code, pairs...)
}
