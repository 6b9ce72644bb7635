package main

import (
	"bufio"
	"io"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// canAsk tells whether there is somebody to be asked.
func (e *Env) canAsk() bool { return e.StdinTerminal && e.StderrTerminal }

// yesWords are what people answer who mean yes.
var yesWords = []string{"y", "yes", "a", "ano"}

// ask puts a question, a phrase, to the person at the terminal. Everything but a
// yes is a no.
func (e *Env) ask(phrase string, pairs ...string) bool {
	_, _ = io.WriteString(e.Stderr, diag.Visible(e.Lang().Phrase(phrase, pairs...)+" [y/N] "))
	// An input that ends is a no as well.
	answer, _ := bufio.NewReader(e.Stdin).ReadString('\n')
	return slices.Contains(yesWords, strings.ToLower(strings.TrimSpace(answer)))
}
