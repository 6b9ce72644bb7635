package pack

import "strings"

// known are all the documents, requests and lists that POHODA's own schemas allow
// in an item, by the root of the pack (data.xsd dataPackItemType, response.xsd
// responsePackItemType; reference FORMAT-TABLES), also those of agendas that the
// tool does not speak: these are not covered, while any other name is wrong.
var known = map[string][]string{
	"dat:dataPack": strings.Fields(`
	adb:addressbook enq:enquiry int:intDoc inv:invoice ofr:offer ord:order pro:prodejka pri:prijemka pre:prevodka
	stk:stock vch:voucher vyd:vydejka vyr:vyroba con:contract sto:store grs:groupStocks str:storage
	ctg:categoryDetail prm:parameter ipm:intParamDetail ilt:inventoryLists nms:numericalSeries gdp:GDPR
	req:productRequirement bnk:bank bka:bankAccount rul:rulesPairing dis:discount srv:service uag:userAgenda
	cen:centre acv:activity rec:recyclingContrib abs:absence gps:GPSR wge:wageElements wld:workLoad
	lst:listAccountancyRequest lAdb:listAddressBookRequest lst:listInvoiceRequest lst:listEnquiryRequest
	lst:listOfferRequest lst:listOrderRequest lStk:listStockRequest lst:listParameterRequest
	lst:listVydejkaRequest lst:listPrijemkaRequest lst:listPrevodkaRequest lst:listBalanceRequest
	lst:listProductRequirementRequest lst:listBankRequest lst:listVoucherRequest lst:listVyrobaRequest
	lst:listProdejkaRequest lst:listInventoryListsRequest lst:listIntDocRequest lst:createAccountingDoubleEntry
	lst:listUserCode acu:listAccountingUnitRequest lst:listAccountingDoubleEntryRequest
	lst:listAccountingSingleEntryRequest lst:listAccountRequest lst:listActivityRequest lst:listCashRequest
	lst:listCashRegisterRequest lst:listBankAccountRequest lCon:listContractRequest lst:listCentreRequest
	lst:listNumericSeriesRequest lst:listUserCodeRequest lst:listStorageRequest lst:listSellingPriceRequest
	lst:listCategoryRequest lst:listIntParamRequest lst:listStoreRequest lst:listGroupStocksRequest
	lst:listActionPriceRequest lst:listPaymentRequest lst:listNumericalSeriesRequest lst:listGDPRRequest
	lst:listEstablishmentRequest lCen:listCentreRequest lAcv:listActivityRequest lst:listClassificationVATRequest
	lst:listAccountingFormOfPaymentRequest mKasa:mKasaRequest prn:print lck:lock isd:isdoc sEET:sendEET
	asv:accountingSalesVouchers lst:listGlobalSettingsRequest lst:listRegistrationNumberRequest
	lst:listMovementRequest lst:listRecyclingContribRequest lst:listIndividualPriceRequest lst:listServiceRequest
	lst:listClaimRequest lst:listRulesPairingRequest lwl:liquidationWithoutLink lqd:automaticLiquidation
	lst:listSupplierRequest lst:listUserAgendaRequest apf:advancePartFulfilment lst:listGPSRRequest
	lst:listTableExportRequest`),
	"rsp:responsePack": strings.Fields(`
	adb:addressbookResponse inv:invoiceResponse nms:numericalSeriesResponse vch:voucherResponse int:intDocResponse
	vyd:vydejkaResponse pri:prijemkaResponse pro:prodejkaResponse stk:stockItemResponse ord:orderResponse
	enq:enquiryResponse ofr:offerResponse vyr:vyrobaResponse pre:prevodkaResponse prm:parameterItemResponse
	con:contractResponse str:storageResponse ipm:intParamResponse idp:individualPriceResponse sto:storeResponse
	grs:groupStocksResponse prn:printResponse lck:lockResponse isd:isdocResponse sEET:sendEETResponse
	mKasa:mKasaResponse ilt:inventoryListsResponse lst:listUserCodeResponse sup:supplierResponse
	ctg:categoryResponse gdp:GDPRResponse asv:accountingSalesVouchersResponse req:productRequirementResponse
	bnk:bankResponse bka:bankAccountResponse rul:rulesPairingResponse lwl:liquidationWithoutLinkResponse
	apf:advancePartFulfilmentResponse dis:discountResponse lqd:automaticLiquidationResponse srv:serviceResponse
	uag:userAgendaResponse acv:activityResponse cen:centreResponse rec:recyclingContribResponse
	abs:absenceResponse wge:wageElementsResponse gps:GPSRResponse wld:workLoadResponse lst:listCentre
	lst:listActivity lst:listContract lst:listCash lst:listCashRegister lst:listBankAccount
	lst:listAccountingSingleEntry lst:listAccountingDoubleEntry lst:listAccount lst:listStorage
	lst:listSellingPrice lst:listNumericSeries lst:createAccountingDoubleEntryResponse acu:listAccountingUnit
	lStk:listStock lst:listInvoice lAdb:listAddressBook lst:listOrder lst:listEnquiry lst:listOffer
	lst:listParameter lst:listUserCodePack lst:listVydejka lst:listPrijemka lst:listBalance lCon:listContract
	lst:listCategory lst:listIntParam lst:listIntDoc lst:listProdejka lst:listVoucher lst:listPrevodka
	lst:listVyroba lst:taxDataResponse lst:listIndividualPrice lst:listBank lst:listAccountancy lst:listStore
	lst:listSupplier lst:listGroupStocks lst:listActionPrice lst:listInventoryLists lst:listPayment
	lst:listNumericalSeries lst:listGDPR lst:listEstablishment lCen:listCentre lAcv:listActivity
	lst:listAccountingFormOfPayment lst:listClassificationVAT lst:listGlobalSettings lst:listRegistrationNumber
	lst:listProductRequirement lst:listMovement lst:listRecyclingContrib lst:listService lst:listClaim
	lst:listRulesPairing lst:listUserAgenda lst:listGPSR lst:listTableExport`),
}

// items are the paths to what holds them.
var items = map[string]string{
	"dat:dataPack":     "dat:dataPack/dat:dataPackItem",
	"rsp:responsePack": "rsp:responsePack/rsp:responsePackItem",
}
