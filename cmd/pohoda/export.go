package main

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/flow/export"
	"github.com/gopohoda/pohoda/pkg/pohoda"
)

// exportOptions are the flags of export.
type exportOptions struct {
	from, profile, instance     string
	with, columns               []string
	status, where, since        string
	as, format, output, rejects string
	force, dryRun, skipInvalid  bool
	includeCancelled            bool
	handling                    export.ResendPolicy
	wait                        time.Duration
}

func newExport(env *Env) *cobra.Command {
	var opts exportOptions
	cmd := &cobra.Command{
		Use:   "export deal|order|offer ID... | deals|orders|offers",
		Short: "records of a CRM or e-shop as a file for POHODA",
		Long: "Reads records, checks them, and writes what POHODA imports: a dataPack, or\n" +
			"STORMWARE's eForm. Single records are named by their id or their code, a plural\n" +
			"takes all of them. Every record is checked and every finding reported before\n" +
			"anything is written; a refused run leaves nothing behind. A record that waits, such\n" +
			"as a draft, is listed, not written, and the exit code stays 0. An offer becomes a\n" +
			"document only when --as says which one.\n\n" +
			"With a ledger nothing is transferred twice: a record that was is refused, or with\n" +
			"--new left out; of one that changed since it is told what changed. --replace deletes\n" +
			"such an order in POHODA and adds it anew, once its answer is in the ledger.",
		Example: "  pohoda export deal OP-26-123 --from examples/raynet/deal.json --with examples/raynet/company.json --ico 12345679 -o .\n" +
			"  pohoda export deals --from deals.ndjson --status won --ico 12345679 -o orders.xml\n" +
			"  pohoda export deals --from deals.ndjson --status won --new -o to-pohoda/\n" +
			"  pohoda export orders --from shop.csv --where '\"pohoda\" in tags' --skip-invalid --rejects refused.csv > orders.xml",
		Annotations: exitsWith(exitDone, exitFailed, exitUsage, exitRefused, exitUnreachable, exitLocked, exitInterrupted),
		Args:        arguments("KIND", "[ID...]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runExport(cmd, env, opts, args[0], args[1:])
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	opts.readingFlags(f)
	opts.selectionFlags(f)
	f.BoolVar(&opts.handling.New, "new", false, "only records that the ledger does not know as transferred")
	f.BoolVar(&opts.handling.Again, "again", false, "also what was transferred, under the same id: POHODA's duplicity check, if on, refuses what it has")
	f.BoolVar(&opts.handling.Replace, "replace", false, "also what was transferred: POHODA deletes its document and adds this one (orders)")
	waitFlag(cmd, &opts.wait)
	f.StringVar(&opts.format, "format", "", "`datapack|eform` (default by the name of the file)")
	f.StringVarP(&opts.output, "output", "o", "", "`PATH` of a file, or of a folder: there a deal that is named gives its code to a file .xph, several their source to a file .xml (default and -: the standard output)")
	f.StringVar(&opts.rejects, "rejects", "", "`FILE` for the refused records, in the input's own form, those of a JSON array one after another")
	f.BoolVar(&opts.includeCancelled, "include-cancelled", false, "take records that are lost or cancelled in the source as well")
	f.BoolVar(&opts.skipInvalid, "skip-invalid", false, "write the good records although others are refused")
	f.BoolVar(&opts.dryRun, "dry-run", false, "say what would be written, and write nothing")
	f.BoolVar(&opts.force, "force", false, "replace a file that holds other documents")
	return cmd
}

// readingFlags say what is read.
func (o *exportOptions) readingFlags(f *pflag.FlagSet) {
	f.StringVar(&o.from, "from", "", "`SRC`: a file, a folder, - or a source of the configuration")
	f.StringArrayVar(&o.with, "with", nil, "further `FILE` that the records refer to (repeatable)")
	f.StringVar(&o.profile, "profile", "", "mapping profile, `NAME|FILE` (default: the shape is recognised)")
	f.StringArrayVar(&o.columns, "column", nil, "column of a CSV, `NAME=HEADER`; pohoda profile show csv-orders lists the names (repeatable)")
	f.StringVar(&o.instance, "instance", "", "`NAME` of the account or shop, part of each record's identity")
}

// selectionFlags say which records are meant, and as what.
func (o *exportOptions) selectionFlags(f *pflag.FlagSet) {
	f.StringVar(&o.status, "status", "", "only records in this `STATE`: a phase such as won, or the source's own word")
	f.StringVar(&o.where, "where", "", "only records for which `EXPR` is true (pohoda help profiles)")
	f.StringVar(&o.since, "since", "", "only records changed, else issued, on `DATE` or later")
	f.StringVar(&o.as, "as", "", "what the records become, `KIND`: "+strings.Join(pohoda.TargetNames(), ", "))
}

func runExport(cmd *cobra.Command, env *Env, opts exportOptions, noun string, ids []string) error {
	run, err := opts.reading(env, noun, ids)
	if err != nil {
		return err
	}
	if opts.output == "-" {
		opts.output = ""
	}
	c := run.Config
	run.Format, run.Output = export.FormatFor(opts.format, opts.output, len(ids), c), opts.output
	run.Stdout, run.Rejects, run.Force, run.ResendPolicy = env.Stdout, opts.rejects, opts.force, opts.handling
	if c.Unit.ICO == "" && c.Unit.Key == "" && run.Format == config.DataPack {
		return diag.New(codeNoUnit)
	}
	// A catalogue, and a report that gathers all findings, need what they need.
	if c.Lines.Catalogue == "" && !env.common.json {
		env.workInLittleMemory()
	}
	run.Ledger, err = env.book(cmd.Context(), cmd, c, bookUse{
		needed: opts.handling != export.ResendPolicy{} && !opts.dryRun, look: opts.dryRun, wait: opts.wait,
	})
	if err != nil {
		return err
	}
	defer run.Ledger.Close()
	run.Progress = env.showProgress()
	report, err := run.Run(cmd.Context())
	env.Skipped = report.Skipped
	env.product = func(r diag.Report) any {
		return exportReport{r, report.Path, report.Transferred, report.Changed, opts.dryRun}
	}
	if err != nil {
		return err
	}
	env.Written = report.Written
	if env.StderrTerminal || opts.dryRun {
		env.summary = func() { printExport(env, report) }
	}
	if report.OwnFault {
		return &failure{code: exitFailed}
	}
	if report.Refused > 0 {
		return &failure{code: exitRefused}
	}
	return nil
}

// reading is an export as far as its flags say what is read.
func (o *exportOptions) reading(env *Env, noun string, ids []string) (*export.Export, error) {
	c, err := env.Config()
	if err != nil {
		return nil, err
	}
	selection, err := flow.SelectionOf(noun, ids, o.where, o.since)
	if err != nil {
		return nil, err
	}
	selection.Status = o.status
	if err := o.check(); err != nil {
		return nil, err
	}
	wrong := flow.Wrong(c)
	if wrong.Refused() {
		return nil, &failure{code: exitUsage, issues: wrong}
	}
	env.Tell(wrong...)
	source, err := o.source(c)
	return &export.Export{
		Config: c, From: source.Path, Select: selection, Reading: readingOf(source, env), As: o.as,
		Now: env.Now(), DryRun: o.dryRun, SkipInvalid: o.skipInvalid, IncludeCancelled: o.includeCancelled, Tell: env.tellAtOnce,
	}, err
}

// readingOf is how a source is read.
func readingOf(s config.Source, env *Env) crm.Options {
	return crm.Options{Profile: s.Profile, With: s.With, Instance: s.Instance, Columns: s.Columns, Stdin: env.Stdin}
}

// check looks at the flags that take one of some words.
func (o *exportOptions) check() error {
	if o.as != "" && !slices.Contains(pohoda.TargetNames(), o.as) {
		return diag.New(pohoda.CodeUnknownTarget, "targets", strings.Join(pohoda.TargetNames(), ", ")).WithValue(o.as)
	}
	if o.rejects == "-" {
		return diag.New(codeBadFlagValue, "flag", "--rejects", "type", "FILE").WithValue(o.rejects)
	}
	if !slices.Contains([]string{"", config.DataPack, config.EForm}, o.format) {
		return diag.New(codeBadFlagValue, "flag", "--format", "type", "datapack|eform").WithValue(o.format)
	}
	return nil
}

// source is where the records come from: a source of the configuration by its
// name, a path, or the configured default; flags win over its settings.
func (o *exportOptions) source(c *config.Config) (config.Source, error) {
	source, named := c.Sources[o.from]
	switch {
	case named:
	case o.from == "":
		source = c.Source
	default:
		source = config.Source{Path: o.from}
	}
	if source.Path == "" {
		return source, diag.New(codeNoSource)
	}
	if o.profile != "" {
		source.Profile = o.profile
	}
	if o.instance != "" {
		source.Instance = o.instance
	}
	source.With = append(slices.Clone(source.With), o.with...)
	flags, err := columnFlags(o.columns)
	columns := map[string]string{}
	maps.Copy(columns, source.Columns)
	maps.Copy(columns, flags)
	source.Columns = columns
	return source, err
}

// columnFlags reads the values of --column.
func columnFlags(texts []string) (map[string]string, error) {
	columns := map[string]string{}
	for _, text := range texts {
		name, header, _ := strings.Cut(text, "=")
		if name == "" || header == "" {
			return nil, diag.New(codeBadFlagValue, "flag", "--column", "type", "NAME=HEADER").WithValue(text)
		}
		columns[name] = header
	}
	return columns, nil
}

// The codes of what export is asked for.
var (
	codeNoSource = diag.Usage.Code("usage-no-source")
	codeNoUnit   = diag.Usage.Code("usage-no-unit")
)
