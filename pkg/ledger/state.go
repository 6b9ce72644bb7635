package ledger

import (
	"slices"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// State is where a record stands on its way to POHODA, or an item of an export;
// of an export it says how far its bytes got.
type State string

// The states.
const (
	// New is a record that the source has and that was not transferred.
	New State = "new"
	// Writing: the file is known with its digest, and not yet known to be in place.
	Writing State = "writing"
	// Exported: the file is in place; nobody has said what POHODA did with it.
	Exported State = "exported"
	// Sending: the bytes are on their way.
	Sending State = "sending"
	// Accepted: POHODA has the document.
	Accepted State = "accepted"
	// AcceptedChanged: POHODA has it and altered values.
	AcceptedChanged State = "accepted-changed"
	// Refused: POHODA did not take it.
	Refused State = "refused"
	// Unknown: it may have arrived or not; POHODA has to be asked.
	Unknown State = "unknown"
	// Replaced: a later export of the record took the place of this item.
	Replaced State = "replaced"
	// Cancelled: taken back, or deleted in POHODA; an item that never left too.
	Cancelled State = "cancelled"
	// Baseline: declared to be in POHODA without an export of this tool.
	Baseline State = "baseline"
)

// Values lists the states.
func (State) Values() []string {
	return []string{string(New), string(Writing), string(Exported), string(Sending), string(Accepted), string(AcceptedChanged),
		string(Refused), string(Unknown), string(Replaced), string(Cancelled), string(Baseline)}
}

// InPohoda tells whether POHODA has the record, as far as is known.
func (s State) InPohoda() bool { return s == Accepted || s == AcceptedChanged || s == Baseline }

// follow says which states may follow one by an answer, by hand or by sending.
// An export moves records by its own rule (mayExport), and undoing one puts them
// back where they stood.
var follow = map[State][]State{
	New:             {Accepted, AcceptedChanged, Cancelled, Baseline},
	Writing:         {Exported, Sending, Unknown, Cancelled},
	Exported:        {Sending, Accepted, AcceptedChanged, Refused, Unknown, Replaced, Cancelled},
	Sending:         {Accepted, AcceptedChanged, Refused, Unknown},
	Unknown:         {Sending, Exported, Accepted, AcceptedChanged, Refused, Replaced, Cancelled},
	Refused:         {Sending, Accepted, AcceptedChanged, Replaced, Cancelled},
	Accepted:        {AcceptedChanged, Replaced, Cancelled},
	AcceptedChanged: {Accepted, Replaced, Cancelled},
	Baseline:        {Accepted, AcceptedChanged, Replaced, Cancelled},
	Cancelled:       {Accepted, AcceptedChanged},
	Replaced:        {},
}

// May tells whether a state may follow this one.
func (s State) May(next State) bool { return slices.Contains(follow[s], next) }

// CodeState says that a record cannot go from {from} to {to}.
var CodeState = diag.Refused.Code("ledger-state", "from", "to")

func wrongState(record string, from, to State) *diag.Issue {
	return diag.New(CodeState, "from", string(from), "to", string(to)).WithRecord(record)
}
