using Metering.Core.Applicability;
using Metering.Core.Conversion;

namespace Metering.Core.Tests.Conversion;

public sealed class LabelScaleTests
{
    [Fact]
    public void The_worse_of_energy_and_emissions_is_the_label()
    {
        // Independent example: 150 kWhEP and 30 kg give C and D (30 is not below 30), so D.
        var label = LabelScale.Of("dpe-2021").Classify(150, 30, 60);
        Assert.Equal(('C', 'D', 'D'), (label.Energy, label.Emission, label.Overall));
        Assert.Null(label.Reason);
    }

    [Theory]
    [InlineData("dpe-2021", new double[] { 70, 110, 180, 250, 330, 420 }, new double[] { 6, 11, 30, 50, 70, 100 })]
    [InlineData("dpe-2021-mountain", new double[] { 70, 110, 180, 250, 390, 500 }, new double[] { 6, 11, 30, 50, 80, 110 })]
    public void Bounds_of_2021_are_strict(string key, double[] energy, double[] emission)
    {
        var scale = LabelScale.Of(key);
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal("ABCDEF"[i], scale.Classify(energy[i] - 0.01, 0, 60).Energy);
            Assert.Equal("BCDEFG"[i], scale.Classify(energy[i], 0, 60).Energy);
            Assert.Equal("ABCDEF"[i], scale.Classify(0, emission[i] - 0.01, 60).Emission);
            Assert.Equal("BCDEFG"[i], scale.Classify(0, emission[i], 60).Overall);
        }
    }

    [Theory]
    [InlineData("dpe-2006-dwelling", new double[] { 50, 90, 150, 230, 330, 450 }, new double[] { 5, 10, 20, 35, 55, 80 })]
    [InlineData("dpe-2006-office", new double[] { 50, 110, 210, 350, 540, 750 }, new double[] { 5, 15, 30, 60, 100, 145 })]
    [InlineData("dpe-2006-continuous", new double[] { 100, 210, 370, 580, 830, 1130 }, new double[] { 12, 30, 65, 110, 160, 220 })]
    [InlineData("dpe-2006-other", new double[] { 30, 90, 170, 270, 380, 510 }, new double[] { 3, 10, 25, 45, 70, 95 })]
    public void Bounds_of_2006_belong_to_their_class(string key, double[] energy, double[] emission)
    {
        var scale = LabelScale.Of(key);
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal("ABCDEF"[i], scale.Classify(energy[i], 0, 20).Energy);
            Assert.Equal("BCDEFG"[i], scale.Classify(energy[i] + 0.01, 0, 20).Energy);
            Assert.Equal("ABCDEF"[i], scale.Classify(0, emission[i], 20).Emission);
        }
    }

    [Fact]
    public void The_empty_DPEG_scale_refuses_until_its_bounds_are_filled_in()
    {
        var dpeg = LabelScale.Of("dpeg");
        var refused = dpeg.Classify(60, 0, 80);
        Assert.Null(refused.Overall);
        Assert.Equal("label.dpeg.empty", refused.Reason!.Code);

        var filled = dpeg.WithBounds([10, 20, 30, 40, 50, 60], [], "made up for this test");
        Assert.Equal(('B', 'B'), (filled.Classify(15, double.NaN, 80).Energy, filled.Classify(15, double.NaN, 80).Overall));
        Assert.Null(filled.Classify(15, double.NaN, 80).Emission);
        Assert.Throws<ArgumentException>(() => dpeg.WithBounds([10, 20, 30], [], "x"));
        Assert.Throws<ArgumentException>(() => dpeg.WithBounds([10, 20, 20, 40, 50, 60], [], "x"));
    }

    [Fact]
    public void Small_dwellings_and_impossible_values_get_a_reason_instead_of_a_letter()
    {
        Assert.Equal("label.dpe-2021.floor-area", LabelScale.Of("dpe-2021").Classify(150, 30, 39.9).Reason!.Code);
        Assert.Equal("label.dpe-2021.value", LabelScale.Of("dpe-2021").Classify(double.NaN, 30, 60).Reason!.Code);
        Assert.Equal("label.dpe-2021.value", LabelScale.Of("dpe-2021").Classify(150, -1, 60).Reason!.Code);
        Assert.IsType<ValidityLimit>(LabelScale.Of("dpe-2021").Classify(150, 30, 10).Reason);
        Assert.Throws<ArgumentException>(() => LabelScale.Of("dpe-1900"));
    }
}
