using Metering.Firmware.Drivers;
using Metering.Virtual;

namespace Metering.Firmware.Tests.Board;

/// <summary>The data sheets' own numbers.</summary>
public sealed class DriverTests
{
    [Fact]
    public void Sensirion_crc_of_beef_is_92_as_both_data_sheets_say()
    {
        Assert.Equal(0x92, SensirionWord.Crc(0xBE, 0xEF));
        Assert.Equal(0xBEEF, SensirionWord.Read([0xBE, 0xEF, 0x92], 0));
        Assert.Equal(-1, SensirionWord.Read([0xBE, 0xEF, 0x93], 0));
    }

    // SHT4x section 4.6 and SHT3x section 4.13: the formulas at the ends of the word and at round values.
    [Theory]
    [InlineData(0, -4500, -600, 0)]
    [InlineData(65535, 13000, 11900, 10000)]
    [InlineData(0x6666, 2500, 4400, 4000)]
    [InlineData(0x8000, 4250, 5650, 5000)]
    public void Sensirion_words_convert_as_the_data_sheets_say(int word, int temperature, int sht4xHumidity, int sht3xHumidity)
    {
        Assert.Equal(temperature, SensirionWord.Centi(word, -4500, 17500));
        Assert.Equal(sht4xHumidity, SensirionWord.Centi(word, -600, 12500));
        Assert.Equal(sht3xHumidity, SensirionWord.Centi(word, 0, 10000));
    }

    // Bosch BST-BMP280-DS001, section 3.12 (same compensation as the BME280): 25.08 degrees, 100653 Pa.
    [Fact]
    public void Bosch_worked_example_gives_its_temperature_and_pressure()
    {
        var compensation = new Bme280Compensation();
        compensation.Load(BoschCalibration(), new byte[7]);
        Assert.Equal(2508, compensation.TemperatureCenti(519888));
        Assert.Equal(100653, compensation.PressurePa(415148));
    }

    // BST-BME280-DS001 gives no humidity example; its double-precision form (section 8.1) is the second witness.
    [Fact]
    public void Bosch_humidity_agrees_with_the_double_precision_form_of_the_data_sheet()
    {
        const int Seed = 280;
        var random = new Random(Seed);
        byte[] first = BoschCalibration();
        first[25] = 75;
        byte[] second = [0x66, 0x01, 0x00, 0x14, 0x08, 0x00, 0x1e];
        var compensation = new Bme280Compensation();
        compensation.Load(first, second);
        for (var run = 0; run < 2000; run++)
        {
            var rawTemperature = random.Next(420_000, 620_000);
            var rawHumidity = random.Next(20_000, 45_000);
            compensation.TemperatureCenti(rawTemperature);
            var fine = FineTemperature(rawTemperature);
            var expected = HumidityPercent(rawHumidity, fine, 75, 0x166, 0, (0x14 << 4) | 0x8, 0, 0x1e);
            Assert.True(Math.Abs(expected - (compensation.HumidityCenti(rawHumidity) / 100.0)) < 0.02, $"seed {Seed}, run {run}, expected {expected}");
        }
    }

    [Fact]
    public void Every_sensor_family_is_found_and_read_on_the_bus()
    {
        var bme = new VirtualRegisterFile();
        bme.Registers[0xD0] = 0x60;
        BoschCalibration().CopyTo(bme.Registers, 0x88);
        bme.Registers[0xA1] = 75;
        new byte[] { 0x66, 0x01, 0x00, 0x14, 0x08, 0x00, 0x1e }.CopyTo(bme.Registers, 0xE1);
        new byte[] { 0x65, 0x5A, 0xC0, 0x7E, 0xED, 0x00, 0x6E, 0x00 }.CopyTo(bme.Registers, 0xF7);
        var test = new TestBoard(channels: 0);
        test.Board.I2c.Attach(0x44, new VirtualSht4x(new SteadyAir(21.5, 55), 1));
        test.Board.I2c.Attach(0x45, new VirtualSht3x(new SteadyAir(22.5, 45), 2));
        test.Board.I2c.Attach(0x76, bme);
        test.RunTo(11 * 60 * TestBoard.SecondUs);
        var sample = test.Samples[^1];
        Assert.Equal([0x21, 0x31, 0x22, 0x32, 0x23, 0x33, 0x41], sample.Channels.Take(sample.Count).Select(c => (int)c));
        Assert.Equal(2150, sample.Values[0]);
        Assert.Equal(5500, sample.Values[1]);
        Assert.Equal(2250, sample.Values[2]);
        Assert.Equal(4500, sample.Values[3]);
        Assert.Equal(2508, sample.Values[4]);
        Assert.Equal(100653, sample.Values[6]);
    }

    private static byte[] BoschCalibration()
    {
        short[] words = [27504, 26435, -1000, unchecked((short)36477), -10685, 3024, 2855, 140, -7, 15500, -14600, 6000];
        var bytes = new byte[26];
        Buffer.BlockCopy(words, 0, bytes, 0, 24);
        return bytes;
    }

    private static double FineTemperature(int raw)
    {
        var a = ((raw / 16384.0) - (27504 / 1024.0)) * 26435;
        var b = (raw / 131072.0) - (27504 / 8192.0);
        return a + (b * b * -1000);
    }

    private static double HumidityPercent(int raw, double fine, int h1, int h2, int h3, int h4, int h5, int h6)
    {
        var h = fine - 76800.0;
        h = (raw - ((h4 * 64.0) + (h5 / 16384.0 * h)))
            * (h2 / 65536.0 * (1.0 + (h6 / 67108864.0 * h * (1.0 + (h3 / 67108864.0 * h)))));
        h *= 1.0 - (h1 * h / 524288.0);
        return Math.Clamp(h, 0, 100);
    }
}
