package export

import (
	"context"
	"sync"
)

// sink is where an export goes: a file today. What the ledger has to know of the
// documents a sink tells it, since it alone knows when they are out.
type sink interface {
	// Add takes a record whose verdict is known, in the order of the source: the document
	// of one that is accepted, and what else was seen.
	Add(o *recordResult) error
	// Commit lets the documents go, wholly or not at all, and tells where they are. It is
	// not called where nothing is to go.
	Commit(ctx context.Context) (path string, err error)
	// See writes down what was seen of records that do not go.
	See(ctx context.Context, refused bool) error
	// Discard gives up what was not committed.
	Discard()
}

// fileSink is a file or the standard output.
type fileSink struct {
	*delivery
	// transfer is what the ledger gets.
	transfer *transfer
}

func (f *fileSink) Add(o *recordResult) error {
	if err := f.transfer.note(o); err != nil || o.verdict != accepted {
		return err
	}
	err := f.add(o)
	releaseBuffer(o.document)
	o.document = nil
	return err
}

func (f *fileSink) Commit(ctx context.Context) (path string, err error) {
	return f.transfer.deliver(ctx, f.delivery)
}

func (f *fileSink) See(ctx context.Context, refused bool) error { return f.transfer.see(ctx, refused) }

func (f *fileSink) Discard() {
	f.discard()
	f.transfer.discard()
}

// buffers are those of documents that were written, for further ones.
var buffers sync.Pool

// largeBuffer is the size of a document whose memory is not kept.
const largeBuffer = 64 << 10

func documentBuffer(size int) []byte {
	if b, ok := buffers.Get().(*[]byte); ok && cap(*b) >= size {
		return (*b)[:0]
	}
	return make([]byte, 0, size+size/4)
}

func releaseBuffer(b []byte) {
	if cap(b) > 0 && cap(b) < largeBuffer {
		buffers.Put(&b)
	}
}
