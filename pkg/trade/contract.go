package trade

// ContractRecord is POHODA's "Zakázka": a deal or project to which documents
// belong (contract.xsd, contractDescType).
type ContractRecord struct {
	Head
	Number       string   `json:"number,omitzero"`
	Title        string   `json:"title,omitzero"`
	PlannedStart Date     `json:"plannedStart,omitzero"`
	PlannedEnd   Date     `json:"plannedEnd,omitzero"`
	Start        Date     `json:"start,omitzero"`
	End          Date     `json:"end,omitzero"`
	Warranty     Date     `json:"warranty,omitzero"`
	Customer     *Party   `json:"customer,omitzero"`
	Owner        Person   `json:"owner,omitzero"`
	Note         string   `json:"note,omitzero"`
	Tags         []string `json:"tags,omitzero"`
	Custom       Free     `json:"custom,omitzero"`
}
