package main

import (
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// progress shows on a terminal how far long work is: one line, which is taken
// away again before anything else is said. Work of less than a second shows none.
type progress struct {
	w           io.Writer
	now         func() time.Time
	words       func(n string) string
	began, last time.Time
	width       int
}

// How long work is quiet at first, and how often the line changes then.
const (
	progressAfter = time.Second
	progressEvery = 200 * time.Millisecond
)

// showProgress gives what is called with the number of records that are done; it
// does nothing where nobody looks.
func (e *Env) showProgress() func(n int) {
	if !e.StderrTerminal || e.common.quiet || e.common.json {
		return func(int) {}
	}
	e.progress = &progress{w: e.Stderr, now: e.Now, began: e.Now(), words: func(n string) string {
		return e.Lang().Phrase("progress", "n", n)
	}}
	return e.progress.show
}

func (p *progress) show(n int) {
	now := p.now()
	if now.Sub(p.began) < progressAfter || now.Sub(p.last) < progressEvery {
		return
	}
	p.last = now
	line := p.words(strconv.Itoa(n))
	p.clear()
	p.width = len([]rune(line))
	_, _ = io.WriteString(p.w, diag.Visible(line))
}

// clear takes the line away. Old consoles know no other way.
func (p *progress) clear() {
	if p != nil && p.width > 0 {
		_, _ = io.WriteString(p.w, "\r"+strings.Repeat(" ", p.width)+"\r")
		p.width = 0
	}
}
