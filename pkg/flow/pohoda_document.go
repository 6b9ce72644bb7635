package flow

import "strconv"

// PohodaDocument is a document in POHODA; the zero value is none.
type PohodaDocument struct {
	ID     int64
	Number string
}

// Is tells whether two are one document: by the id, or by the number.
func (d PohodaDocument) Is(o PohodaDocument) bool {
	return d.ID != 0 && d.ID == o.ID || d.Number != "" && d.Number == o.Number
}

// String is how the document is called: by its number, else by its id.
func (d PohodaDocument) String() string {
	if d.Number == "" && d.ID != 0 {
		return "id " + strconv.FormatInt(d.ID, 10)
	}
	return d.Number
}
