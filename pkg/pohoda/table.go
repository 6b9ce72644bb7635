package pohoda

import (
	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// openTable makes of a table what writes and reads the elements of an agenda that holds
// no documents: write gives the context of a record that is written, read that of an
// element that is read, and done the record when all rows were read.
//
//nolint:unused // The first agenda without documents is that of a test (testdata/further).
func openTable[C any](table fieldtable.Table[C], write func(Work) C, read func(*Settings) C, done func(C) trade.Subject) func(*Agenda, fieldtable.Limits) codec {
	return func(a *Agenda, limits fieldtable.Limits) codec {
		plan := fieldtable.Compile(table, a.Tag(), limits)
		return codec{
			lists: true,
			encode: func(w Work, out *fieldtable.Writer) *etree.Element {
				el := &etree.Element{Space: a.Prefix, Tag: a.Element}
				plan.Encode(write(w), out, el)
				return el
			},
			codes: func(w Work, visit func(*fieldtable.UnitCode)) { plan.VisitCodes(write(w), visit) },
			decode: func(el *etree.Element, s *Settings, r *fieldtable.Reader) (*trade.Record, Target) {
				c := read(s)
				plan.Decode(c, r, el)
				record := &trade.Record{Of: done(c)}
				return record, a.targetOf(record.Kind())
			},
		}
	}
}

// targetOf is the target that makes records of a kind, where there is one alone.
func (a *Agenda) targetOf(kind trade.Kind) (found Target) {
	for _, t := range a.Targets {
		if t.Kind == kind && found.Name != "" {
			return Target{}
		}
		if t.Kind == kind {
			found = t
		}
	}
	return found
}
