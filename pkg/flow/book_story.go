package flow

import (
	"context"

	"github.com/gopohoda/pohoda/pkg/ledger"
)

// Stories tells the stories of the records that a name has: a deal that became an
// order and later an invoice is two. A name that no record has is an error.
func (b *Book) Stories(ctx context.Context, name string) ([]ledger.Story, error) {
	found, err := b.find(ctx, name, ledger.Filter{})
	if err != nil {
		return nil, err
	}
	var stories []ledger.Story
	for n := range found {
		story, err := b.History(ctx, found[n].Number)
		if err != nil {
			return nil, err
		}
		stories = append(stories, story)
	}
	return stories, nil
}
