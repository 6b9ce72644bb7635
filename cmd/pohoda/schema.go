package main

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/outfile"
	"github.com/gopohoda/pohoda/schemas"
)

func newSchema(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "schema",
		Short: "the bundled schemas",
		Long: "The schemas that ship with the tool: the XSDs of POHODA's XML, written by this\n" +
			"project, and the JSON Schema of the canonical record.",
		Example:     "  pohoda schema list\n  pohoda schema export schemas/",
		Annotations: exitsWith(exitDone, exitUsage),
	}
	cmd.AddCommand(newSchemaList(env), newSchemaExport(env))
	return cmd
}

func newSchemaList(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:         "list",
		Short:       "names of the bundled schemas",
		Args:        arguments(),
		Example:     "  pohoda schema list\n  pohoda schema list | grep xsd",
		Annotations: exitsWith(exitDone, exitUsage),
		RunE: func(*cobra.Command, []string) error {
			files, err := schemaFiles()
			if err != nil {
				return err
			}
			var names strings.Builder
			for _, file := range files {
				names.WriteString(file.name + "\n")
			}
			_, err = io.WriteString(env.Stdout, names.String())
			return err
		},
	}
}

type schemaExportOptions struct {
	dir   string
	force bool
}

func newSchemaExport(env *Env) *cobra.Command {
	var opts schemaExportOptions
	cmd := &cobra.Command{
		Use:   "export DIR",
		Short: "write the bundled schemas into a folder",
		Long:  "Writes every bundled schema into a folder, which is made when it does not exist.",
		Args:  arguments("DIR"),
		Example: "  pohoda schema export schemas/\n" +
			"  pohoda schema export s && xmllint --noout --schema s/data.xsd order.xml",
		Annotations: exitsWith(exitDone, exitUsage),
		RunE: func(_ *cobra.Command, args []string) error {
			opts.dir = args[0]
			return runSchemaExport(env, opts)
		},
	}
	cmd.Flags().BoolVar(&opts.force, "force", false, "replace files that exist")
	return cmd
}

func runSchemaExport(env *Env, opts schemaExportOptions) error {
	files, err := schemaFiles()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(opts.dir, 0o755); err != nil {
		return diag.New(outfile.CodeCannotWrite, "target", opts.dir, "error", err.Error())
	}
	for _, file := range files {
		if err := outfile.WriteFile(filepath.Join(opts.dir, file.name), file.content, opts.force); err != nil {
			return err
		}
		env.Written++
	}
	return nil
}

type schemaFile struct {
	name    string
	content []byte
}

func schemaFiles() ([]schemaFile, error) {
	files := []schemaFile{{"canonical-1.schema.json", schemas.Canonical}}
	names, err := fs.Glob(schemas.XSD, "*")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		content, err := schemas.XSD.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files = append(files, schemaFile{name, content})
	}
	return files, nil
}
