package io.crema.edge.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crema.contracts.value.ProductId;
import io.crema.edge.body.chip.ChipName;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BodyConfigTest {

    static BodyConfig parse(String json) {
        try {
            return BodyConfig.parse(new ObjectMapper().readTree(json.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void shouldReadPins() {
        var config = parse("""
                {'adapter': 'pi4j', 'manufacturer': 'Crema', 'model': 'One',
                 'products': [{'name': 'Espresso', 'grindSeconds': 7.5, 'millilitres': 30, 'button': 5},
                              {'name': 'Tea water', 'grindSeconds': 0, 'millilitres': 200}],
                 'pins': {'pump': {'pin': 17, 'active': 'low'}, 'valve': 27, 'flowMeter': 23, 'door': 24},
                 'pulsesPerLitre': 2000, 'limits': {'dryAfterSeconds': 3, 'hottest': 105},
                 'sensors': [{'quantity': 'BoilerTempCoffee', 'chip': 'MCP9600', 'address': '0x60', 'thermocouple': 'J'},
                             {'quantity': 'WaterPressure', 'chip': 'ADS1115', 'channel': 1,
                              'low': {'at': 0.3333, 'is': 0}, 'high': {'at': 3, 'is': 16}}]}
                """);
        assertThat(config.type().products()).extracting(Product::name).containsExactly("Espresso", "Tea water");
        assertThat(config.type().quantities())
                .containsExactlyInAnyOrder(Quantity.BOILER_TEMP_COFFEE, Quantity.WATER_PRESSURE);
        assertThat(config.type().events()).contains(EventKind.DOOR_STATE).doesNotContain(EventKind.DRIP_TRAY_FULL);
        var pins = (BodyConfig.Pins) config.adapter();
        assertThat(pins.simulated()).isFalse();
        assertThat(pins.wiring().pump()).isEqualTo(new Wiring.Pin(17, true));
        assertThat(pins.wiring().door()).contains(new Wiring.Pin(24, true));
        assertThat(pins.wiring().grinder()).isEmpty();
        assertThat(pins.wiring().buttons()).containsOnlyKeys(ProductId.named("Espresso"));
        assertThat(pins.wiring().sensors().get(1).address()).isEqualTo(ChipName.ADS1115.usualAddress());
        assertThat(pins.limits().dryAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(pins.limits().pourWithin()).isEqualTo(Limits.DEFAULT.pourWithin());
        assertThat(config.type().products().getFirst().recipe()).contains(new Recipe(Duration.ofMillis(7500), 30));
    }

    @Test
    void shouldSimulateTheStandardWiring() {
        var config = parse("{'adapter': 'simulated', 'products': [{'name': 'Espresso'}]}");
        var pins = (BodyConfig.Pins) config.adapter();
        assertThat(pins.simulated()).isTrue();
        assertThat(config.type().quantities()).hasSize(4);
        assertThat(pins.wiring().buttons()).containsEntry(ProductId.named("Espresso"), new Wiring.Pin(5, true));
    }

    @Test
    void shouldReadAMachinesAddress() {
        var config = parse("""
                {'adapter': 'http', 'url': 'http://192.168.4.2:8080/api/', 'token': 'secret',
                 'products': [{'name': 'Espresso'}], 'quantities': ['BeanLevel']}
                """);
        var rest = (BodyConfig.Rest) config.adapter();
        assertThat(rest.base()).hasToString("http://192.168.4.2:8080/api");
        assertThat(rest.token()).contains("secret");
        assertThat(rest.toString()).doesNotContain("secret");
        assertThat(config.type().products().getFirst().recipe()).isEqualTo(Optional.empty());
    }

    @Test
    void shouldNameAllFaultsAtOnce() {
        assertThatThrownBy(() -> parse("""
                        {'adapter': 'pi4j', 'pump': 17,
                         'products': [{'name': 'Espresso', 'millilitres': 0, 'button': 17}, {'name': 'Espresso'}],
                         'pins': {'pump': 17, 'flowMeter': 2},
                         'limits': {'hottest': 200, 'coldest': 20},
                         'sensors': [{'quantity': 'Mood', 'chip': 'MCP9600'},
                                     {'quantity': 'BeanLevel', 'chip': 'NAU7802'},
                                     {'quantity': 'BoilerTempSteam', 'chip': 'TMP117', 'address': '0x40'}]}
                        """))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("products[0].millilitres is 0, expected a whole number from 1 to 1000")
                .hasMessageContaining("products[1].name is \"Espresso\", expected a name that no other product has")
                .hasMessageContaining("pins.pump is 17, expected a pin that products[0].button does not use")
                .hasMessageContaining("pins.flowMeter is 2, expected a GPIO number from 4 to 27")
                .hasMessageContaining("limits.hottest is 200, expected a number from 60 to 140")
                .hasMessageContaining("sensors[0].quantity is \"Mood\"")
                .hasMessageContaining("sensors[1].NAU7802 needs low and high")
                .hasMessageContaining("sensors[2].address is \"0x40\", expected \"0x48 to 0x4B\" for TMP117")
                .hasMessageContaining("pump is unknown");
    }

    @Test
    void shouldRefuseAnUnknownAdapter() {
        assertThatThrownBy(() -> parse("{'adapter': 'magic'}"))
                .hasMessageContaining("adapter is \"magic\", expected pi4j, http or simulated")
                .hasMessageContaining("products is empty");
    }
}
