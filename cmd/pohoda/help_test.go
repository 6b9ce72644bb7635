package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/assert"

	"github.com/gopohoda/pohoda/pkg/diag"
)

func everyCommand(parent *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{parent}
	for _, cmd := range parent.Commands() {
		all = append(all, everyCommand(cmd)...)
	}
	return all
}

func TestEveryHelpEndsWithExitStatusAndExamples(t *testing.T) {
	for _, cmd := range everyCommand(newRoot(&Env{})) {
		t.Run(cmd.CommandPath(), func(t *testing.T) {
			var out bytes.Buffer
			writeHelp(&out, cmd)
			help := out.String()
			_, status, found := strings.Cut(help, "\nEXIT STATUS\n")
			assert.True(t, found)
			status, examples, found := strings.Cut(status, "\nEXAMPLES\n")
			assert.True(t, found)
			assert.Contains(t, status, "  0    done")
			assert.Contains(t, status, "  2    wrong usage")
			calls := 0
			for line := range strings.Lines(examples) {
				assert.Regexp(t, `^  \S`, line)
				if strings.Contains(line, "pohoda") {
					calls++
				}
			}
			assert.GreaterOrEqual(t, calls, 2, "examples")
			assert.NotEmpty(t, cmd.Short)
			for line := range strings.Lines(help) {
				assert.LessOrEqual(t, len([]rune(line)), 120, line)
			}
		})
	}
}

func TestEveryFlagIsExplained(t *testing.T) {
	for _, cmd := range everyCommand(newRoot(&Env{})) {
		assert.NotContains(t, cmd.LocalFlags().FlagUsages(), "string  ", cmd.CommandPath())
	}
}

func TestEveryTopicHasATitle(t *testing.T) {
	assert.Equal(t, []string{"config", "csv", "errors", "exit-codes", "json", "ledger", "paid", "profiles", "vat", "windows", "xph"}, topics())
	for _, name := range topics() {
		text := topic(name, diag.English)
		assert.True(t, strings.HasPrefix(text, "# "), name)
		for line := range strings.Lines(text) {
			if name != "errors" {
				assert.LessOrEqual(t, len([]rune(line)), 110, "%s: %s", name, line)
			}
		}
	}
}

func TestErrorsTopicNamesEveryCode(t *testing.T) {
	for tag, language := range diag.Languages {
		text := topic("errors", language)
		for _, code := range diag.Codes() {
			assert.Contains(t, text, "- `"+string(code)+"` (", tag)
		}
	}
}
