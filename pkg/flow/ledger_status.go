package flow

import (
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// LedgerStatus is a record beside what the ledger knows of it.
type LedgerStatus struct {
	Key     ledger.Key
	Content string
	Phase   trade.Phase
	// updated is when the source changed the record last.
	Updated trade.Time
	// known is zero for a record that the ledger has not heard of.
	Known ledger.Record
}

// Same tells whether the record is as it was exported last.
func (s *LedgerStatus) Same() bool { return SameContent(s.Known.Sent, s.AsCompared()) }

// AsCompared is the content of the record as it can be held against what was sent:
// against a fingerprint of another version none can. Then it is what the ledger saw
// last, by that version.
func (s *LedgerStatus) AsCompared() string {
	switch {
	case !isOtherVersion(s.Known.Sent):
		return s.Content
	case s.Known.Seen == "":
		return s.Known.Sent
	}
	return s.Known.Seen
}

// IsTakenOver tells whether the record counts as unchanged, once, since another
// version of the tool wrote its fingerprint down; this one's takes its place. What
// that version had seen to be changed stays so.
func (s *LedgerStatus) IsTakenOver() bool { return isOtherVersion(s.Known.Sent) && s.Same() }

// Sighting is what the ledger is told of a record that is not sent.
func (s *LedgerStatus) Sighting(code string) ledger.Observation {
	content := s.Content
	if isOtherVersion(s.Known.Sent) && !s.IsTakenOver() {
		content = s.AsCompared() // else nobody could tell what has changed since
	}
	return ledger.Observation{Key: s.Key, Code: code, OrderNumber: code, Content: content, Phase: s.Phase, TakeOver: s.IsTakenOver()}
}

// IsNews tells whether the ledger has not seen the record so.
func (s *LedgerStatus) IsNews() bool {
	return !s.Known.Known() || s.Known.Phase != s.Phase || s.IsTakenOver() || !SameContent(s.Known.Seen, s.Sighting("").Content)
}
