package export

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"path/filepath"

	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/outfile"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// transfer is what the ledger is told of an export: what goes, and what else the
// source was seen to have. Nothing of it is written before all is known. A nil
// transfer is that of a run which remembers nothing.
type transfer struct {
	ledger *flow.Ledger
	items  *outfile.Spooled[ledger.Item]
	seen   *outfile.Spooled[ledger.Observation]
	// newest is when a record of each source was changed last.
	newest map[string]trade.Time
}

func newTransfer(e *Export) *transfer {
	if e.Ledger == nil || e.DryRun {
		return nil
	}
	return &transfer{e.Ledger, outfile.NewSpooled[ledger.Item](), outfile.NewSpooled[ledger.Observation](), map[string]trade.Time{}}
}

// note takes a record whose verdict is known.
func (t *transfer) note(o *recordResult) error {
	if t == nil || o.status == nil {
		return nil
	}
	s := o.status
	if source := flow.SystemName(s.Key.System, s.Key.Instance); t.newest[source].Before(s.Updated) {
		t.newest[source] = s.Updated
	}
	if o.verdict == accepted {
		return t.items.Add(ledger.Item{
			Key: s.Key, Code: o.code, OrderNumber: o.code, ID: o.item, Content: s.Content, Phase: s.Phase,
			Document: shortDigest(o.document), Revision: o.decision.revision, Again: o.decision.again,
			Total: o.totals.Payable, Currency: o.line.Currency,
		})
	}
	if !s.IsNews() {
		return nil
	}
	return t.seen.Add(s.Sighting(o.code))
}

func shortDigest(document []byte) string {
	sum := sha256.Sum256(document)
	return base64.RawURLEncoding.EncodeToString(sum[:flow.WholeSize])
}

// deliver puts the output in place and writes that down: before it is there, with
// the digest by which a later run recognises it, and after. What was begun is
// ended even when the user wants the run to stop.
func (t *transfer) deliver(ctx context.Context, d *delivery) (path string, err error) {
	target, err := d.ready()
	if err != nil || d.export.DryRun {
		return target, err
	}
	if t == nil {
		return target, d.place(target)
	}
	ctx = context.WithoutCancel(ctx)
	export := ledger.Export{Digest: d.digest(), Pack: d.first.pack}
	if target != "" && !outfile.IsStream(target) {
		if export.Path, err = filepath.Abs(target); err != nil {
			return target, err
		}
	}
	id, err := t.ledger.Begin(ctx, export, t.items.All())
	if err == nil {
		err = t.items.Err
	}
	if err != nil {
		return target, err
	}
	if err := t.ledger.Step("file.place"); err != nil {
		return target, err
	}
	if err := d.place(target); err != nil {
		// What cannot be undone now is when the next run looks for the file.
		_ = t.ledger.Abandon(ctx, id)
		return target, err
	}
	if err := t.ledger.Step("file.placed"); err != nil {
		return target, err
	}
	return target, t.ledger.Placed(ctx, id)
}

// see writes down what else the source has. The cursors move only when nothing
// was refused, since what was is to be read again.
func (t *transfer) see(ctx context.Context, refused bool) error {
	if t == nil {
		return nil
	}
	ctx = context.WithoutCancel(ctx)
	if t.seen.Count > 0 {
		if _, err := t.ledger.See(ctx, t.seen.All()); err != nil {
			return err
		}
		if t.seen.Err != nil {
			return t.seen.Err
		}
	}
	for source, at := range t.newest {
		if refused || at.IsZero() {
			continue
		}
		if err := t.ledger.SetCursor(ctx, source, at.String()); err != nil {
			return err
		}
	}
	return nil
}

func (t *transfer) discard() {
	if t != nil {
		t.items.Discard()
		t.seen.Discard()
	}
}
