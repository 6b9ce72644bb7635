package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/yamlio"
)

// Name is the file that is looked for.
const Name = "pohoda.yaml"

// Options say where to look; the caller hands in what belongs to the process.
type Options struct {
	// File is an explicit configuration file. Without one, Name is taken from
	// the working directory, else from the folder "pohoda" in UserDir; that
	// neither exists is no error.
	File    string
	UserDir string
	Env     map[string]string
	// Flags are the flags that were given.
	Flags []Flag
}

// Flag is a value of the configuration given on the command line.
type Flag struct{ Name, Key, Value string }

// Load gives the configuration in force: defaults, overridden by the file, by
// the environment, by flags. It reports everything that is wrong at once; the
// configuration then holds what could be read.
func Load(o Options) (*Config, diag.List) {
	c := Default()
	var issues diag.List
	c.file = o.find()
	if c.file != "" {
		c.readFile(o.Env, &issues)
	}
	fields := singles(reflect.ValueOf(c).Elem(), "")
	for _, f := range fields {
		name := variable(f.key)
		if text := o.Env[name]; text != "" {
			c.override(f, text, Origin{Kind: FromEnvironment, Name: name}, name, &issues)
		}
	}
	for _, flag := range o.Flags {
		for _, f := range fields {
			if f.key == flag.Key {
				name := "--" + flag.Name
				c.override(f, flag.Value, Origin{Kind: FromFlag, Name: name}, name, &issues)
			}
		}
	}
	c.normalise()
	return c, issues
}

// normalise takes the spaces out of an IČO: people write 123 45 679.
func (c *Config) normalise() { c.Unit.ICO = strings.Join(strings.Fields(c.Unit.ICO), "") }

func (o Options) find() string {
	if o.File != "" {
		return o.File
	}
	candidates := []string{Name}
	if o.UserDir != "" {
		candidates = append(candidates, filepath.Join(o.UserDir, "pohoda", Name))
	}
	for _, file := range candidates {
		if _, err := os.Stat(file); err == nil {
			return file
		}
	}
	return ""
}

func (c *Config) readFile(env map[string]string, issues *diag.List) {
	content, err := yamlio.ReadFile(c.file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		issues.Add(diag.New(CodeNotFound).WithValue(c.file))
		return
	case err != nil:
		reason := err
		if inner := errors.Unwrap(err); inner != nil {
			reason = inner
		}
		issues.Add(diag.New(CodeUnreadable, "reason", reason.Error()).WithValue(c.file))
		return
	}
	r := reader{config: c, env: env}
	r.read(content)
	issues.Add(r.issues...)
}

// override sets one value from outside the file; where names the variable or
// the flag.
func (c *Config) override(f field, text string, origin Origin, where string, issues *diag.List) {
	if issue := set(f.value, f.tag, text); issue != nil {
		issues.Add(issue.WithPath(where))
		return
	}
	c.origins[f.key] = origin
}

// Read reads the content of a configuration file before it is written as file,
// and tells what is wrong with it.
func Read(file string, content []byte, env map[string]string) (*Config, diag.List) {
	c := Default()
	c.file = file
	r := reader{config: c, env: env}
	r.read(content)
	c.normalise()
	return c, r.issues
}
