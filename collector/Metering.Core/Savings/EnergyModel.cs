namespace Metering.Core.Savings;

/// <summary>
/// A fitted dependence of use per day on outdoor temperature, and on humidity where that earned its place. Temperatures
/// and balance points share one unit (°C, or °F for CalTRACK's own data); slopes are kWh/day for one unit.
/// </summary>
public sealed record EnergyModel
{
    public required ModelForm Form { get; init; }

    /// <summary>Use per day at the base, kWh/day.</summary>
    public required double Intercept { get; init; }

    /// <summary>2P: slope in T. 0 otherwise.</summary>
    public double TemperatureSlope { get; init; }

    public double? HeatingBalancePoint { get; init; }

    /// <summary>kWh/day for each unit of temperature below the heating balance point.</summary>
    public double HeatingSlope { get; init; }

    public double? CoolingBalancePoint { get; init; }

    /// <summary>kWh/day for each unit of temperature above the cooling balance point.</summary>
    public double CoolingSlope { get; init; }

    /// <summary>kWh/day for each g/kg of humidity ratio; null when humidity is not in the model.</summary>
    public double? HumiditySlope { get; init; }

    /// <summary>
    /// Every day was hotter (or colder) than the break, so a straight line was fitted in place of a change-point model
    /// (rule of this project for the tropics).
    /// </summary>
    public bool BreakNotIdentifiable { get; init; }

    public required ModelStatistics Statistics { get; init; }

    /// <summary>
    /// (J'J)^-1 of the fit: J holds the derivatives of the model, in the order of <see cref="Derivatives"/>. Empty for a
    /// model that was not fitted.
    /// </summary>
    internal double[,] InverseOfNormal { get; init; } = new double[0, 0];

    /// <summary>
    /// Columns of J beyond the coefficients: how the model moves with the balance points that were searched. 0 where
    /// none was, or where the data cannot tell such a move from one of the coefficients.
    /// </summary>
    internal int BalancePointDerivatives { get; init; }

    /// <summary>Mean length of the baseline observations, days: the unit of their weights.</summary>
    internal double MeanDays { get; init; } = 1;

    /// <summary>Number of coefficients: intercept and slopes.</summary>
    internal int CoefficientCount =>
        1 + (Form == ModelForm.TwoParameter ? 1 : 0) + (HeatingBalancePoint is null ? 0 : 1)
        + (CoolingBalancePoint is null ? 0 : 1) + (HumiditySlope is null ? 0 : 1);

    /// <summary>Values of the regressors (intercept first) as means over days.</summary>
    internal double[] Regressors(IReadOnlyList<double> temperatures, double humidityRatio)
    {
        double sumT = 0, hdd = 0, cdd = 0;
        var days = 0;
        for (var i = 0; i < temperatures.Count; i++)
        {
            var t = temperatures[i];
            if (double.IsNaN(t))
            {
                continue;
            }

            days++;
            sumT += t;
            hdd += Math.Max(0, (HeatingBalancePoint ?? t) - t);
            cdd += Math.Max(0, t - (CoolingBalancePoint ?? t));
        }

        var values = new double[CoefficientCount];
        var next = 0;
        values[next++] = 1;
        if (Form == ModelForm.TwoParameter)
        {
            values[next++] = sumT / days;
        }

        if (HeatingBalancePoint is not null)
        {
            values[next++] = hdd / days;
        }

        if (CoolingBalancePoint is not null)
        {
            values[next++] = cdd / days;
        }

        if (HumiditySlope is not null)
        {
            values[next] = humidityRatio;
        }

        return values;
    }

    /// <summary>
    /// Derivatives of the use per day with respect to the balance points, as means over days: a balance point moves the
    /// days on its side of it by their slope. The common break of 4P is one balance point.
    /// </summary>
    internal double[] BalancePointMoves(IReadOnlyList<double> temperatures)
    {
        double below = 0, above = 0;
        var days = 0;
        for (var i = 0; i < temperatures.Count; i++)
        {
            var t = temperatures[i];
            if (double.IsNaN(t))
            {
                continue;
            }

            days++;
            below += t < HeatingBalancePoint ? 1 : 0;
            above += t > CoolingBalancePoint ? 1 : 0;
        }

        var (heating, cooling) = (HeatingSlope * below / days, -CoolingSlope * above / days);
        return Form switch
        {
            ModelForm.FourParameter => [heating + cooling],
            ModelForm.FiveParameter => [heating, cooling],
            ModelForm.ThreeParameterHeating => [heating],
            ModelForm.ThreeParameterCooling => [cooling],
            _ => [],
        };
    }

    /// <summary>A row of J: the regressors, then what the data told of the balance points.</summary>
    internal double[] Derivatives(IReadOnlyList<double> temperatures, double humidityRatio)
    {
        var regressors = Regressors(temperatures, humidityRatio);
        return BalancePointDerivatives == 0
            ? regressors
            : [.. regressors, .. BalancePointMoves(temperatures).Take(BalancePointDerivatives)];
    }

    internal double[] Coefficients()
    {
        var values = new double[CoefficientCount];
        var next = 0;
        values[next++] = Intercept;
        if (Form == ModelForm.TwoParameter)
        {
            values[next++] = TemperatureSlope;
        }

        if (HeatingBalancePoint is not null)
        {
            values[next++] = HeatingSlope;
        }

        if (CoolingBalancePoint is not null)
        {
            values[next++] = CoolingSlope;
        }

        if (HumiditySlope is { } humidity)
        {
            values[next] = humidity;
        }

        return values;
    }

    /// <summary>Predicted use of one day, kWh.</summary>
    /// <param name="temperature">Daily mean outdoor temperature, in the unit of the model.</param>
    /// <param name="humidityRatio">g/kg dry air; needed when humidity is in the model.</param>
    public double PredictDay(double temperature, double humidityRatio = double.NaN) =>
        Intercept
        + (TemperatureSlope == 0 ? 0 : TemperatureSlope * temperature)
        + (HeatingBalancePoint is { } th ? HeatingSlope * Math.Max(0, th - temperature) : 0)
        + (CoolingBalancePoint is { } tc ? CoolingSlope * Math.Max(0, temperature - tc) : 0)
        + (HumiditySlope is { } h ? h * humidityRatio : 0);

    /// <summary>Predicted energy of all days of an observation, kWh.</summary>
    public double Predict(EnergyObservation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        var regressors = Regressors(observation.Temperatures, observation.HumidityRatio);
        var coefficients = Coefficients();
        var use = 0.0;
        for (var i = 0; i < regressors.Length; i++)
        {
            use += regressors[i] * coefficients[i];
        }

        return use * observation.Days;
    }

    /// <summary>The part of the prediction that does not depend on the weather, kWh: intercept times days. NaN for 2P, which has none.</summary>
    public double BaseLoad(EnergyObservation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return Form == ModelForm.TwoParameter ? double.NaN : Intercept * observation.Days;
    }
}
