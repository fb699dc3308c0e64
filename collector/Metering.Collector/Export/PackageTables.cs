namespace Metering.Collector.Export;

/// <summary>The tables of the data package: names, columns, units. docs/note.md explains them.</summary>
internal static class PackageTables
{
    /// <summary>Rises when a column changes its meaning.</summary>
    public const string SchemaVersion = "2";

    public static PackageTable Operations { get; } = new("operations", false, ["operation_id"],
    [
        new("operation_id", "string", "Building"), new("call", "string", "Key of the call for projects"), new("name", "string", "Name"), new("owner", "string", "Owner"),
        new("laureate", "string", "Designated by the call"), new("landlord", "string", "Social landlord"), new("siret", "string", "SIRET"), new("category", "string", "Category in the call"),
        new("qpv", "string", "Priority district"), new("designated", "date", "Designation"), new("aid_eur", "number", "Aid", "CCY_EUR"), new("cost_eur", "number", "Cost with taxes", "CCY_EUR"),
        new("dwellings_before", "integer", "Dwellings before the works"), new("dwellings_after", "integer", "Dwellings after the works"), new("habitable_area_m2", "number", "Habitable area (SHAB)", "M2"),
        new("net_floor_area_m2", "number", "SHON", "M2"), new("construction_year", "integer", "Year of construction"), new("heating", "string", "Heating, individual or collective, and carrier"),
        new("ventilation", "string", "Ventilation system"), new("intervention", "string", "Class of intervention on the façades"), new("family", "string", "Fire-safety family, or ERP"),
        new("commune_insee", "string", "INSEE code of the municipality"),
        new("use", "string", "Use of the building"), new("dwellings", "integer", "Number of dwellings"), new("floor_area_m2", "number", "Floor area", "M2"),
        new("reception", "date", "Reception of the works"), new("works_start", "date", "Start of the works"), new("lat", "number", "Latitude, WGS 84", "DEG"),
        new("lon", "number", "Longitude, WGS 84", "DEG"), new("altitude_m", "number", "Altitude", "M"), new("climate_zone", "string", "Climate zone"),
        new("time_zone", "string", "IANA zone or fixed offset"), new("ban_id", "string", "Key in the Base Adresse Nationale"), new("rnb_id", "string", "Key in the Référentiel National des Bâtiments"),
        new("bdnb_id", "string", "Key in the Base de Données Nationale des Bâtiments"), new("simulated", "boolean", "Not a real building"), new("consent", "boolean", "Consent to the publication of series on record"),
        new("retention_months", "integer", "Short-step readings are exported for so long, or empty", "MO"), new("withheld", "string", "What personal data protection keeps out, or empty"),
    ], "One building");

    public static PackageTable RegulatoryValues { get; } = new("regulatory_values", false, ["operation_id", "kind", "phase"],
    [
        new("operation_id", "string", "Building"), new("kind", "string", "ICT', BBIO', E', DPE, DPEG, Cep, GES"), new("phase", "string", "before or after"),
        new("value", "number", "Calculated value"), new("unit", "string", "Unit of the value"), new("label", "string", "Class"), new("method_version", "string", "Method and version"),
        new("author", "string", "Who calculated it"), new("date", "date", "When"),
    ], "One imported, calculated value; never measured");

    public static PackageTable Points { get; } = new("points", false, ["point_id"],
    [
        new("point_id", "string", "Metering point, pseudonymous within a dwelling"), new("operation_id", "string", "Building"), new("zone_id", "string", "Room or dwelling, pseudonymous"),
        new("usage", "string", "Use"), new("quantity", "string", "What is measured"), new("unit", "string", "Unit of the readings"), new("wh_per_pulse", "number", "Pulse weight", "W-HR"),
        new("meter_class", "string", "Class of the meter"), new("sensor_accuracy", "number", "Accuracy of the sensor, in the unit of the quantity"), new("serial", "string", "Serial number of the meter"),
        new("install_date", "date", "First day of service"), new("calibration_date", "date", "Last comparison with a reference"),
        new("brick_class", "string", "Class in Brick 1.4"),
    ], "One metering point");

    public static PackageTable Energy { get; } = new("energy_10min", true, ["point_id", "ts_utc"],
    [
        new("point_id", "string", "Metering point"), new("ts_utc", "datetime", "Instant of the register reading"), new("index_wh", "number", "Register times pulse weight", "W-HR"),
        new("delta_wh", "number", "Energy since the reading before; empty when not known", "W-HR"), new("flag", "string", "Quality flags"),
    ], "One register reading");

    public static PackageTable Climate { get; } = new("climate_10min", true, ["point_id", "ts_utc"],
    [
        new("point_id", "string", "Metering point"), new("ts_utc", "datetime", "Instant"), new("t_c", "number", "Air temperature", "DEG_C"),
        new("rh_pct", "number", "Relative humidity", "PERCENT_RH"), new("flag", "string", "Quality flags"),
    ], "One sample of indoor or outdoor air");

    public static PackageTable Monthly { get; } = new("energy_monthly", false, ["operation_id", "usage", "month"],
    [
        new("operation_id", "string", "Building"), new("usage", "string", "Use"), new("month", "date", "First day of the local month"), new("kwh_ef", "number", "Final energy of what is known", "KiloW-HR"),
        new("kwh_ep", "number", "Primary energy", "KiloW-HR"), new("pef", "number", "Primary energy factor"), new("kgco2", "number", "Greenhouse gases", "KiloGM"),
        new("co2_factor_id", "string", "Factor used"), new("eur", "number", "Cost", "CCY_EUR"), new("completeness_pct", "number", "Share of the month that is known", "PERCENT"), new("flag", "string", "Quality flags"),
    ], "Energy of a use in a month");

    public static PackageTable Invoices { get; } = new("invoices", false, ["operation_id", "pdl", "start"],
    [
        new("operation_id", "string", "Building"), new("pdl", "string", "Delivery point, pseudonymous"), new("start", "date", "First day"), new("end", "date", "End, excluded"),
        new("kwh", "number", "Energy billed", "KiloW-HR"), new("eur_ttc", "number", "Amount with taxes", "CCY_EUR"), new("estimated", "boolean", "Billed on an estimate"),
    ], "One invoice");

    public static PackageTable Comfort { get; } = new("comfort_annual", false, ["operation_id", "zone_id", "year"],
    [
        new("operation_id", "string", "Building"), new("zone_id", "string", "Room, pseudonymous within a dwelling; 'group' for several dwellings"), new("year", "integer", "Calendar year, local time"),
        new("n_valid", "integer", "Valid hours", "HR"), new("completeness_pct", "number", "Valid over all hours", "PERCENT"), new("model", "string", "Comfort model"), new("variant", "string", "Variant of the model"),
        new("pct_out", "number", "Share of valid hours outside the zones", "PERCENT"), new("mean_exceed_k", "number", "Mean excess over 28 °C", "K"), new("h_gt_28", "integer", "Hours above 28 °C", "HR"),
        new("h_rh_gt_80", "integer", "Hours above 80 % relative humidity", "HR"),
    ], "Comfort of a room in a year");

    public static PackageTable Models { get; } = new("models", false, ["operation_id", "period"],
    [
        new("operation_id", "string", "Building"), new("period", "string", "two-years, year1 or year2"), new("form", "string", "Form of the baseline model"), new("coefficients", "string", "a, slope above Tc, slope below Th"),
        new("balance_point_c", "number", "Balance point", "DEG_C"), new("r2_adj", "number", "Adjusted R²"), new("cvrmse", "number", "CV(RMSE), fraction"), new("nmbe", "number", "NMBE, fraction"),
        new("n", "integer", "Days"), new("rho", "number", "Lag-1 autocorrelation"), new("savings_kwh", "number", "Avoided energy use", "KiloW-HR"), new("savings_pct", "number", "Over the adjusted baseline", "PERCENT"),
        new("u90_pct", "number", "Half width of the 90 % interval, same base", "PERCENT"),
    ], "Climate-corrected savings");

    public static PackageTable Weather { get; } = new("weather_hourly", true, ["station_id", "ts_utc"],
    [
        new("station_id", "string", "Station"), new("ts_utc", "datetime", "Instant of the observation"), new("t_c", "number", "Air temperature", "DEG_C"), new("rh_pct", "number", "Relative humidity", "PERCENT_RH"),
        new("ghi_wm2", "number", "Global horizontal radiation, mean of the hour before", "W-PER-M2"), new("wind_ms", "number", "Mean wind speed", "M-PER-SEC"),
    ], "Published weather of one hour");

    public static PackageTable NoteValues { get; } = new("note_values", false, ["operation_id", "note_table", "note_row", "note_column"],
    [
        new("operation_id", "string", "Building"), new("note_table", "string", "Key of the table in the note; synthesis: the large figures of its first page"), new("note_row", "integer", "Row of the table, from 1"),
        new("note_column", "integer", "Column of the table, from 1"), new("row_name", "string", "First cell of the row, pseudonymous where it names a dwelling"),
        new("column_name", "string", "Heading"), new("unit", "string", "Unit, where the heading has one"), new("value", "number", "The number with all its digits"),
        new("decimals", "integer", "Decimals that the note prints"), new("doubtful", "boolean", "Below a completeness rule"),
    ], "One number of a building's note");

    public static PackageTable NoteTexts { get; } = new("note_texts", false, ["operation_id", "position"],
    [
        new("operation_id", "string", "Building"), new("position", "integer", "Place in the note, from 1"), new("section", "string", "Number of the section, or empty"), new("text", "string", "The sentence"),
    ], "One sentence, caption or remark of the note of a building where nobody lives");

    public static PackageTable Factors { get; } = new("factors", false, ["operation_id", "factor_id"],
    [
        new("operation_id", "string", "Building that uses it"), new("factor_id", "string", "Factor"), new("kind", "string", "co2, pef or price"), new("zone", "string", "Where it holds"), new("year", "integer", "Of which year"),
        new("value", "number", "Value"), new("unit", "string", "Unit"), new("source", "string", "Document"), new("scope", "string", "Of what"),
    ], "One conversion factor");

    public static PackageTable Quality { get; } = new("quality_log", false, ["point_id", "ts_start", "flag"],
    [
        new("point_id", "string", "Metering point"), new("ts_start", "datetime", "Begin"), new("ts_end", "datetime", "End"), new("flag", "string", "Quality flags"),
        new("action", "string", "What was done"), new("author", "string", "Who"),
    ], "One stretch of flagged intervals");

    public static IReadOnlyList<PackageTable> All { get; } =
        [Operations, RegulatoryValues, Points, Energy, Climate, Weather, Monthly, Invoices, Comfort, Models, Factors, Quality, NoteValues, NoteTexts];
}
