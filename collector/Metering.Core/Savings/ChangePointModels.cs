namespace Metering.Core.Savings;

/// <summary>
/// Change-point models 2P, 3PC, 3PH, 4P and 5P (ASHRAE 1050-RP naming), each with the humidity ratio as a further
/// regressor where that earns its place.
/// </summary>
public static class ChangePointModels
{
    /// <summary>Rise of the adjusted R² for which humidity is kept (project rule).</summary>
    public const double HumidityGain = 0.02;

    private static readonly ModelForm[] Forms =
    [
        ModelForm.TwoParameter, ModelForm.ThreeParameterCooling, ModelForm.ThreeParameterHeating, ModelForm.FourParameter,
        ModelForm.FiveParameter,
    ];

    /// <summary>The best fit of every form that the data carry, by falling adjusted R²; fewer coefficients first among equals.</summary>
    public static IReadOnlyList<EnergyModel> All(IReadOnlyList<EnergyObservation> observations, BalancePointGrid grid)
    {
        var data = ModelData.Of(observations, grid, withHumidity: false);
        return
        [
            .. Forms.Select(form => ModelFit.Best(form, data, withHumidity: false))
                .OfType<EnergyModel>()
                .OrderByDescending(m => m.Statistics.AdjustedR2)
                .ThenBy(m => m.Statistics.P),
        ];
    }

    /// <summary>
    /// The model with humidity if its adjusted R², on the same observations, is higher by at least
    /// <see cref="HumidityGain"/> and more humidity means more use; the model without otherwise.
    /// </summary>
    public static EnergyModel WithHumidityIfEarned(
        EnergyModel model, IReadOnlyList<EnergyObservation> observations, BalancePointGrid grid)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(observations);
        EnergyObservation[] both = [.. observations.Where(o => o.IsUsable && double.IsFinite(o.HumidityRatio))];
        var dry = ModelFit.Best(model.Form, both, grid);
        var humid = ModelFit.Best(model.Form, both, grid, withHumidity: true);
        return dry is not null && humid is { HumiditySlope: > 0 }
            && humid.Statistics.AdjustedR2 - dry.Statistics.AdjustedR2 >= HumidityGain
            ? humid
            : model;
    }
}
