namespace Metering.Core.Notes.Dossier;

/// <summary>Somebody attests that a circuit feeds air conditioning and nothing else: what no meter can tell.</summary>
/// <param name="PointId">Metering point of the circuit.</param>
/// <param name="Dedicated">Feeds no other use.</param>
/// <param name="Document">Attestation or photograph of the panel.</param>
/// <param name="Author">Who attests.</param>
/// <param name="Date">When.</param>
public sealed record CircuitAttestation(string PointId, bool Dedicated, string Document, string Author, DateOnly Date);

/// <summary>A charter of good use handed to an occupant.</summary>
/// <param name="Recipient">Lot or office, never a person's name.</param>
/// <param name="Version">Version of the charter.</param>
/// <param name="Date">When it was handed over.</param>
/// <param name="Signed">The receipt is signed.</param>
public sealed record CharterDelivery(string Recipient, string Version, DateOnly Date, bool Signed);

/// <summary>What a bill of heat is made of, and what a year of a network is compared with.</summary>
/// <param name="Source">Contract or study.</param>
/// <param name="R1EurPerMwh">R1, €/MWh of the delivery point's heat meter, without tax.</param>
/// <param name="R2EurPerKw">R2, €/kW subscribed and year, without tax.</param>
/// <param name="SubscribedKw">Subscribed power, kW.</param>
/// <param name="VatPercent">Value added tax, %.</param>
/// <param name="ReferenceDegreeDays">Heating degree days of the reference year, K·d; same station, method and base.</param>
/// <param name="BaseC">Base of the degree days, °C.</param>
/// <param name="Years">What the operator publishes of the network, year by year.</param>
public sealed record HeatNetworkSheet(
    string Source, double? R1EurPerMwh = null, double? R2EurPerKw = null, double? SubscribedKw = null, double? VatPercent = null,
    double? ReferenceDegreeDays = null, double BaseC = 18, IReadOnlyList<HeatNetworkYear>? Years = null);

/// <param name="Year">Calendar year or season.</param>
/// <param name="DegreeDays">Heating degree days, K·d.</param>
/// <param name="SoldMwh">Heat of the meters at the delivery points, MWh.</param>
/// <param name="IntoNetworkMwh">Heat sent into the network, MWh.</param>
/// <param name="R1Eur">Revenue R1, €.</param>
/// <param name="R2Eur">Revenue R2, €.</param>
/// <param name="SubscribedKw">Subscribed power of all delivery points, kW.</param>
public sealed record HeatNetworkYear(
    string Year, double DegreeDays, double SoldMwh, double? IntoNetworkMwh = null, double? R1Eur = null, double? R2Eur = null, double? SubscribedKw = null);
