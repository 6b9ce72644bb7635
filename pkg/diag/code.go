package diag

import (
	"fmt"
	"maps"
	"slices"
)

// Exit is how a run ends, as its exit code; the numbers are part of the contract
// with scripts.
type Exit int

// The exit codes.
const (
	Done        Exit = 0
	Failed      Exit = 1   // unexpected failure of the tool
	Usage       Exit = 2   // wrong usage or configuration
	Refused     Exit = 3   // input refused
	Invalid     Exit = 4   // a validated file is not valid
	Unreachable Exit = 5   // a source, a CRM or mServer cannot be reached
	Locked      Exit = 6   // another run works on the same accounting unit
	Interrupted Exit = 130 // by its user
)

// Registration is what is known of a code beside its texts.
type Registration struct {
	// Severity is the gravest one that an issue of the code has: what can be an
	// error may be a warning by the configuration's choice.
	Severity Severity
	// Exit is how a run ends that the issue ends: Done for what is no error.
	Exit Exit
	// Arguments are the names that every issue of the code gives to its texts, in
	// the order of the declaration.
	Arguments []string
}

var registered = map[Code]Registration{}

// Code registers the code of an error that ends a run so, with the names of its
// arguments. Codes are declared as variables of packages, each once: registering
// one again panics.
func (e Exit) Code(code Code, arguments ...string) Code {
	if e == Done {
		panic(fmt.Sprintf("the error %s ends no run", code))
	}
	return register(code, Registration{Error, e, arguments})
}

// Code registers the code of a Warning or a Note, which ends no run, as Exit.Code
// does that of an error.
func (s Severity) Code(code Code, arguments ...string) Code {
	if s == Error {
		panic(fmt.Sprintf("the error %s says not how a run ends", code))
	}
	return register(code, Registration{s, Done, arguments})
}

func register(code Code, r Registration) Code {
	if _, twice := registered[code]; twice {
		panic(fmt.Sprintf("the code %s is registered twice", code))
	}
	registered[code] = r
	return code
}

// Registration gives what a code was registered with, and whether it was.
func (c Code) Registration() (Registration, bool) {
	r, ok := registered[c]
	return r, ok
}

// Exit says how a run ends that an issue of the code ends. For a code that ends
// none, or is nobody's, the tool is at fault: the run has Failed.
func (c Code) Exit() Exit {
	if r := registered[c]; r.Exit != Done {
		return r.Exit
	}
	return Failed
}

// Codes lists every registered code, sorted: those of the packages that are part
// of the program.
func Codes() []Code { return slices.Sorted(maps.Keys(registered)) }
