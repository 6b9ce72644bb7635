package main

import (
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow/view"
)

func newFields(env *Env) *cobra.Command {
	var markdown bool
	cmd := &cobra.Command{
		Use:   "fields [AGENDA]",
		Short: "the mapping table of an agenda",
		Long: "Prints how the canonical record and POHODA's fields meet: the canonical field,\n" +
			"POHODA's name on screen, the path in the XML, what the schema allows, and the\n" +
			"direction. A row that is not mapped says why. The same table writes and reads\n" +
			"the documents. Without an agenda it lists the tables.",
		Args:        arguments("[AGENDA]"),
		Example:     "  pohoda fields order\n  pohoda fields order --markdown > order.md\n  pohoda fields order --json",
		Annotations: reportsWith(exitDone, exitUsage),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return listTables(env)
			}
			return runFields(env, args[0], markdown)
		},
	}
	cmd.Flags().BoolVar(&markdown, "markdown", false, "print a Markdown table")
	return cmd
}

// tablesReport is what fields prints with --json and without an agenda.
type tablesReport struct {
	diag.Report
	Tables []string `json:"tables"`
}

func listTables(env *Env) error {
	names := view.FieldTables()
	env.product = func(r diag.Report) any { return tablesReport{r, names} }
	if env.common.json {
		return nil
	}
	return diag.Lines(env.Stdout, strings.Join(names, "\n"))
}

// fieldsReport is what fields prints with --json.
type fieldsReport struct {
	diag.Report
	Agenda string          `json:"agenda"`
	Fields []view.FieldRow `json:"fields"`
}

func runFields(env *Env, agenda string, markdown bool) error {
	rows, err := view.Fields(agenda)
	if err != nil {
		return err
	}
	env.product = func(r diag.Report) any { return fieldsReport{r, agenda, rows} }
	if env.common.json {
		return nil
	}
	t := table.NewWriter()
	t.AppendHeader(table.Row{"field", "POHODA", "direction", "limit", "note", "XML"})
	for _, r := range rows {
		t.AppendRow(table.Row{r.Field, r.Label, r.Direction, r.Limit, r.Note, r.Path})
	}
	if markdown {
		return diag.Lines(env.Stdout, t.RenderMarkdown())
	}
	t.SuppressTrailingSpaces()
	t.SetStyle(table.StyleLight)
	t.Style().Options = table.OptionsNoBordersAndSeparators
	t.Style().Format.Header = text.FormatDefault
	t.SetColumnConfigs([]table.ColumnConfig{
		{Number: 1, WidthMax: 34, WidthMaxEnforcer: text.WrapSoft},
		{Number: 4, WidthMax: 24, WidthMaxEnforcer: text.WrapSoft},
		{Number: 5, WidthMax: 36, WidthMaxEnforcer: text.WrapSoft},
	})
	return diag.Lines(env.Stdout, t.Render())
}
