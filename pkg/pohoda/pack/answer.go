package pack

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// Answer is what POHODA says of one item of a pack (response.xsd,
// responsePackItemType).
type Answer struct {
	// Item is the id of the item.
	Item string
	// State and Note are of the item, Response and ResponseState of the agenda's
	// response in it ("orderResponse"); both are "" where there is none.
	State, Note             string
	Response, ResponseState string
	// ID, Number and Action are of the document that came to be, or was deleted
	// (documentresponse.xsd, producedDetailsType); an ID of 0 is none.
	ID             int64
	Number, Action string
	Details        []Detail
	// Duplicities are earlier imports of the item, which is why POHODA did not
	// take it now.
	Duplicities []Duplicity
	At          diag.Position
}

// Detail is one finding of POHODA's import (documentresponse.xsd, detailType).
type Detail struct {
	// State is ok, warning or error, Errno POHODA's number of the finding.
	State, Errno, Note string
	// XPath is the element concerned, Requested what was sent in it and Produced
	// what POHODA made of it.
	XPath, Requested, Produced string
	// Altered says that POHODA gave the element another value.
	Altered bool
}

// Duplicity is an earlier import of an item (response.xsd, recordDuplicityType).
type Duplicity struct {
	// Agenda is POHODA's word for the agenda, Date the day of the import.
	Agenda, Date string
	// ID and Number are the document's; an ID of 0 says that it was deleted since.
	ID     int64
	Number string
}

// Outcome is what became of an item.
type Outcome string

// The outcomes.
const (
	// Taken: POHODA made the document as it was asked to.
	Taken Outcome = "taken"
	// Altered: it made the document and altered values.
	Altered Outcome = "altered"
	// Refused: it did not take the item.
	Refused Outcome = "refused"
	// Duplicate: it has the document from an earlier import.
	Duplicate Outcome = "duplicate"
	// Gone: it had the document from an earlier import, and somebody deleted it.
	Gone Outcome = "gone"
	// Unclear: it says neither that there is a document nor that it refused one.
	Unclear Outcome = "unclear"
)

// Values lists the outcomes.
func (Outcome) Values() []string {
	return []string{string(Taken), string(Altered), string(Refused), string(Duplicate), string(Gone), string(Unclear)}
}

// Outcome says what the answer means. POHODA has taken an item when the item and
// the response in it are ok and the document has an id (reference FORMAT,
// section 0); a memory of an earlier import without an id is that of a document
// deleted since (ADDENDA, C2).
func (a *Answer) Outcome() Outcome {
	switch {
	case slices.ContainsFunc(a.Duplicities, func(d Duplicity) bool { return d.ID != 0 }):
		return Duplicate
	case len(a.Duplicities) > 0:
		return Gone
	case a.State == stateError || a.ResponseState == stateError:
		return Refused
	case !a.Done() || a.ID == 0:
		return Unclear
	case slices.ContainsFunc(a.Details, func(d Detail) bool { return d.Altered }):
		return Altered
	}
	return Taken
}

// Done tells whether POHODA did what the item asked for, which need not be a
// document to be made.
func (a *Answer) Done() bool { return a.State == stateOK && a.ResponseState == stateOK }

// Words of state (type.xsd, stavType and stavType2).
const (
	stateOK      = "ok"
	stateWarning = "warning"
	stateError   = "error"
)

// Notes are what POHODA says of the item, in its own words: the note, what is not
// ok in the details, and earlier imports.
func (a *Answer) Notes() []string {
	var notes []string
	if a.Note != "" {
		notes = append(notes, a.Note)
	}
	for i := range a.Details {
		if d := &a.Details[i]; d.State != stateOK {
			notes = append(notes, d.String())
		}
	}
	for _, d := range a.Duplicities {
		notes = append(notes, d.String())
	}
	return notes
}

// String is the finding on one line: "603 note (path: "a" → "b")".
func (d *Detail) String() string {
	text := strings.TrimSpace(d.Errno + " " + cmp.Or(d.Note, d.State))
	switch {
	case d.Requested != "" || d.Produced != "":
		text += " (" + strings.TrimPrefix(d.XPath+": ", ": ") + `"` + d.Requested + `" → "` + d.Produced + `")`
	case d.XPath != "":
		text += " (" + d.XPath + ")"
	}
	return text
}

// String names the earlier import on one line.
func (d Duplicity) String() string {
	parts := []string{"recordDuplicity", d.Agenda, d.Date, d.Number}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " ")
}
