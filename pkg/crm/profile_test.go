package crm

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestEmbeddedProfilesCompile(t *testing.T) {
	for _, name := range embeddedNames {
		t.Run(name, func(t *testing.T) {
			p, issues := findProfile(name)
			for _, issue := range issues {
				t.Error(issue)
			}
			if assert.NotNil(t, p) {
				assert.Equal(t, name, p.Name)
				assert.NotEmpty(t, p.Title)
			}
		})
	}
}
