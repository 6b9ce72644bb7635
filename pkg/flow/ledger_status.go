package flow

import (
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// standing is a record beside what the ledger knows of it.
type standing struct {
	key     ledger.Key
	content string
	phase   trade.Phase
	// updated is when the source changed the record last.
	updated trade.Time
	// known is zero for a record that the ledger has not heard of.
	known ledger.Record
}

// same tells whether the record is as it was exported last.
func (s *standing) same() bool { return sameContent(s.known.Sent, s.asCompared()) }

// asCompared is the content of the record as it can be held against what was sent:
// against a fingerprint of another version none can. Then it is what the ledger saw
// last, by that version.
func (s *standing) asCompared() string {
	switch {
	case !isOtherVersion(s.known.Sent):
		return s.content
	case s.known.Seen == "":
		return s.known.Sent
	}
	return s.known.Seen
}

// isTakenOver tells whether the record counts as unchanged, once, since another
// version of the tool wrote its fingerprint down; this one's takes its place. What
// that version had seen to be changed stays so.
func (s *standing) isTakenOver() bool { return isOtherVersion(s.known.Sent) && s.same() }

// sighting is what the ledger is told of a record that is not sent.
func (s *standing) sighting(code string) ledger.Sighting {
	content := s.content
	if isOtherVersion(s.known.Sent) && !s.isTakenOver() {
		content = s.asCompared() // else nobody could tell what has changed since
	}
	return ledger.Sighting{Key: s.key, Code: code, OrderNumber: code, Content: content, Phase: s.phase, TakeOver: s.isTakenOver()}
}

// isNews tells whether the ledger has not seen the record so.
func (s *standing) isNews() bool {
	return !s.known.Known() || s.known.Phase != s.phase || s.isTakenOver() || !sameContent(s.known.Seen, s.sighting("").Content)
}
